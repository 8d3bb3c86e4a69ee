"""What the OpenAPI document says beside routes and shapes; and where it is mended to say what is true."""

from typing import Any

from crawler.web.api.standing import Problem

ABOUT = """\
What the monitor has stored, in the values of the commands' `--json`: docs/api.md says more.

Lists come in portions: `next` of one is the `cursor` of the following one, which the header `Link` names, too. Errors
are `application/problem+json` (RFC 9457). Times are UTC. Texts from pages are text from outside: escape them.
"""
TOKEN = "`crawler tokens add NAME --scope read` makes one; what changes something needs the scope `write`."  # noqa: S105
_PROBLEM = "application/problem+json"
_ERRORS = {
    400: "What was sent cannot be read",
    401: "No token, or one that opens nothing",
    403: "The token may not do that",
    404: "There is no such thing",
    405: "Not with this method",
    409: "It cannot be done now: `sources.yaml` has faults or may not be written, or another round is under way",
    413: "The body is too large",
    421: "The server is not known under that name",
    422: "Parameters that make no sense",
    429: "Too many wrong tokens",
    500: "A fault of the program",
    503: "The database cannot be used now",
}
_WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_HEADERS = {
    401: {"WWW-Authenticate": {"description": "How to show a token.", "schema": {"type": "string"}}},
    405: {"Allow": {"description": "The methods that there are.", "schema": {"type": "string"}}},
    429: _WAIT,
    503: _WAIT,
}
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": said, "headers": _HEADERS.get(status, {})}
    for status, said in _ERRORS.items()
}
PORTION: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"Link": {"description": 'The next portion: rel="next".', "schema": {"type": "string"}}}}
}
"""Of a list."""


def mended(document: dict[str, Any]) -> dict[str, Any]:
    """The document, where errors have their media type, no parameter is null, and each order names its scope."""
    for path in document["paths"].values():
        for method, operation in path.items():
            operation["security"] = [{"token": ["read" if method == "get" else "write"]}]
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _given(parameter["schema"])
            for status, told in operation["responses"].items():
                if int(status) >= 400:
                    told["content"] = {_PROBLEM: told["content"].pop("application/json")}
    return document


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema without null: one that is not wanted is left out."""
    some = [each for each in schema.pop("anyOf", ()) if each.get("type") != "null"]
    return {**schema, **(some[0] if some else {})}
