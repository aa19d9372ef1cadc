"""Pictures from outside are drawn anew, so that only the picture remains of what was sent."""

import io
import warnings

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from common.errors import RuleBroken

register_heif_opener(thumbnails=False)  # photos of iPhones; kept as JPEG or PNG
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "HEIF")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000


def keep_picture(row: Model, field: str, file: File, *, side: int) -> None:
    """Put a picture drawn anew from `file` into the row's field; the old one's bytes go with it."""
    picture = recoded(file, side=side)
    kept = getattr(row, field)
    old, storage = kept.name, kept.storage
    kept.save(f"{row.pk}.png", picture, save=False)
    row.save(update_fields=[field])
    transaction.on_commit(lambda: old and storage.delete(old))


def drop_picture(row: Model, field: str) -> bool:
    """Empty the row's field; False where there was no picture."""
    kept = getattr(row, field)
    old, storage = kept.name, kept.storage
    if old:
        setattr(row, field, "")
        row.save(update_fields=[field])
        transaction.on_commit(lambda: storage.delete(old))
    return bool(old)


def recoded(file, *, side: int) -> ContentFile:
    """A PNG of at most `side` x `side` pixels, without metadata; RuleBroken for anything odd.

    Bytes and pixels are checked before any pixel is decoded, so that a small file cannot unfold
    into a large one.
    """
    if file.size > MOST_BYTES:
        raise RuleBroken(_("The picture is larger than 5 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RuleBroken(_("The picture has more than 25 million pixels.")) from error
    except Exception as error:  # bytes from outside make decoders raise anything
        words = _("This is not a picture we can read. Use PNG, JPEG, WebP or GIF.")
        raise RuleBroken(words) from error
    picture.thumbnail((side, side))
    fresh = Image.new("RGBA", picture.size)
    fresh.paste(picture)
    buffer = io.BytesIO()
    fresh.save(buffer, "PNG", optimize=True)
    return ContentFile(buffer.getvalue())
