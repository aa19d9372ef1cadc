"""A few attachments: minutes as text, a drawing as a picture, a price list as a page."""

import hashlib
import io
import uuid

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.models import File
from kpi.demo.field import FieldPlan
from kpi.demo.write import World

TEXT, PICTURE, PAGE = "text/plain", "image/png", "application/pdf"
NAMES = {TEXT: "Minutes {day}.txt", PICTURE: "Tray drawing.png", PAGE: "Price list {day}.pdf"}
FOR = 8  # customers


def write_files(world: World) -> None:
    """For the largest customers: one at each of three meetings, and one at the account itself."""
    for field in [field for field in world.fields if field.importance == 0][:FOR]:
        meetings = [
            at
            for at, touch in enumerate(field.touches)
            if touch.channel == "meeting" and touch.state == "done"
        ]
        for at, kind in zip(meetings[-3:], NAMES, strict=False):
            _attach(world, field, kind, at)
        _attach(world, field, PAGE, None)


def _attach(world: World, field: FieldPlan, kind: str, at: int | None) -> None:
    touchpoint = None if at is None else world.touchpoints[field.index, at]
    account = world.accounts[field.index]
    day = world.day(90) if touchpoint is None else touchpoint.at.date()
    content = {TEXT: _minutes, PICTURE: _drawing, PAGE: _page}[kind](account.name, str(day))
    row = File(
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"severpack {world.seed} {field.index} {at} {kind}"),
        name=NAMES[kind].format(day=day),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        account=account,
        touchpoint=touchpoint,
        uploaded_by=account.owner if touchpoint is None else touchpoint.author,
        uploaded_at=world.at(90, 12) if touchpoint is None else touchpoint.recorded_at,
    )
    row.content.save("file", ContentFile(content), save=True)


def _minutes(name: str, day: str) -> bytes:
    return f"{name}\n{day}\n\n1. Volumes\n2. Delivery windows\n3. Samples\n".encode()


def _drawing(name: str, day: str) -> bytes:
    image = Image.new("RGB", (480, 320), "white")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((60, 70, 420, 250), 28, outline="#0f766e", width=3)
    pen.rounded_rectangle((84, 94, 396, 226), 18, outline="#94a3b8", width=2)
    pen.text((60, 280), f"250 ml, {day}", fill="#334155")
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _page(name: str, day: str) -> bytes:
    """The smallest PDF that readers open: one page with two lines."""
    text = f"BT /F1 18 Tf 60 760 Td (Severpack) Tj 0 -28 Td (Price list, {day}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(parts) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end
