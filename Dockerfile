# Two stages: the first builds the installation, the second holds it and nothing else (no pip, no sources, no compiler).
# `python3 docker/verify.py` runs these steps without a container engine; keep to the instructions it knows.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /src
RUN python -m venv --without-pip /opt/crawler
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m pip --python /opt/crawler/bin/python install --quiet --require-hashes --requirement requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY crawler crawler
COPY storage storage
COPY alerts alerts
RUN python -m pip --python /opt/crawler/bin/python install --quiet --no-deps --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /opt/crawler /opt/crawler
ENV PATH=/opt/crawler/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/data
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=1m --timeout=20s --start-period=1m --retries=3 CMD ["crawler", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["crawler"]
CMD ["run"]
