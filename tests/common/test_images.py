import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from common.errors import RuleBroken
from common.images import MOST_BYTES, recoded
from tests.common.hostile import IPHONE


def file_of(kind: str, size=(30, 60), mode="RGB") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new(mode, size, 100).save(buffer, kind)
    return SimpleUploadedFile(f"x.{kind.lower()}", buffer.getvalue())


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("WEBP", "RGBA"), ("GIF", "P")]
)
def test_a_picture_of_any_kind_becomes_a_small_png(kind, mode):
    drawn = Image.open(io.BytesIO(recoded(file_of(kind, mode=mode), side=20).read()))
    assert (drawn.format, drawn.size, drawn.info) == ("PNG", (10, 20), {})


def test_a_photo_of_an_iphone_becomes_a_small_png():
    drawn = Image.open(recoded(SimpleUploadedFile("x.heic", IPHONE), side=20))
    assert (drawn.format, drawn.size) == ("PNG", (10, 20))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused(kind):
    with pytest.raises(RuleBroken):
        recoded(file_of(kind), side=20)


def test_bytes_and_pixels_have_limits():
    with pytest.raises(RuleBroken, match="5 MB"):
        recoded(SimpleUploadedFile("x.png", b"0" * (MOST_BYTES + 1)), side=20)
    with pytest.raises(RuleBroken, match="25 million"):
        recoded(file_of("PNG", size=(26_000, 1_000), mode="1"), side=20)


def test_a_picture_cut_short_is_refused():
    whole = file_of("PNG", size=(300, 300)).read()
    with pytest.raises(RuleBroken):
        recoded(SimpleUploadedFile("x.png", whole[: len(whole) // 2]), side=20)


@pytest.mark.parametrize("size", [(12_000, 12_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_that_claims_to_be_a_huge_picture_is_refused(size):
    data = bytearray(file_of("PNG").read())
    data[16:24] = struct.pack(">II", *size)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    with pytest.raises(RuleBroken, match="25 million"):
        recoded(SimpleUploadedFile("x.png", bytes(data)), side=20)


def test_a_decoder_that_stumbles_over_the_bytes_refuses_them(monkeypatch):
    def stumble(picture):
        raise struct.error("required argument is not an integer")

    monkeypatch.setattr(ImageOps, "exif_transpose", stumble)
    with pytest.raises(RuleBroken, match="not a picture"):
        recoded(file_of("PNG"), side=20)
