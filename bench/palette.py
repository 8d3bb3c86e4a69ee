"""PNG files made small: a palette of the picture's most frequent colours, each other colour as the nearest of these.

The browser that took the picture decodes it and counts, so that no imaging library is needed.
"""

import base64
import struct
import zlib

from playwright.sync_api import Page

_COUNT = """
async (content) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + content)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height), brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const pixels = brush.getImageData(0, 0, image.width, image.height).data, counts = new Map();
  const colour = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  for (let at = 0; at < pixels.length; at += 4) counts.set(colour(at), (counts.get(colour(at)) ?? 0) + 1);
  const palette = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([each]) => each);
  const parts = (each) => [each >> 16, (each >> 8) & 255, each & 255];
  const far = (one, other) => parts(one).reduce((sum, part, n) => sum + (part - parts(other)[n]) ** 2, 0);
  const places = new Map(palette.map((each, place) => [each, place]));
  for (const each of counts.keys()) {
    if (places.has(each)) continue;
    let best = 0;
    palette.forEach((other, place) => { if (far(each, other) < far(each, palette[best])) best = place; });
    places.set(each, best);
  }
  const rows = [];
  for (let row = 0; row < image.height; row++) {
    const start = row * image.width;
    const bytes = Array.from({length: image.width}, (_, n) => places.get(colour(4 * (start + n))));
    rows.push(btoa(String.fromCharCode(...bytes)));
  }
  return {width: image.width, height: image.height, palette: palette.flatMap(parts), rows};
}
"""


def with_palette(page: Page, content: bytes) -> bytes:
    """The same picture in 256 colours at most; `page` is a blank one of a browser."""
    told = page.evaluate(_COUNT, base64.b64encode(content).decode())
    rows = b"".join(b"\0" + base64.b64decode(row) for row in told["rows"])  # each begins with its filter: none
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", told["width"], told["height"], 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(told["palette"])),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
