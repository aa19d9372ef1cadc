import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.commands.contact_photo import remove_photo, set_photo
from accounts.models import Contact
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def jutta(cast):
    return make_contact(make_account("Hansa", owner=cast.karl), "Jutta")


def picture(size=(600, 300)) -> SimpleUploadedFile:
    image = Image.new("RGB", size, "teal")
    exif = image.getexif()
    exif[0x010E] = "taken at home"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("me.jpg", buffer.getvalue())


def test_a_photo_is_drawn_anew_and_small_without_what_the_file_told(cast, jutta):
    contact = set_photo(actor=cast.anna, contact_id=jutta.pk, file=picture())
    with contact.photo.open("rb") as file:
        kept = Image.open(file)
        assert (kept.format, kept.size) == ("PNG", (256, 128))
        assert not kept.getexif()
    assert [event.verb for event in Event.objects.about(jutta)] == ["contact.photo_set"]


def test_what_is_no_picture_is_refused(cast, jutta):
    with pytest.raises(RuleBroken, match="not a picture"):
        set_photo(actor=cast.karl, contact_id=jutta.pk, file=SimpleUploadedFile("a.png", b"<svg/>"))
    jutta.refresh_from_db()
    assert not jutta.photo


def test_a_photo_goes_once(cast, jutta):
    set_photo(actor=cast.karl, contact_id=jutta.pk, file=picture())
    assert not remove_photo(actor=cast.karl, contact_id=jutta.pk).photo
    with pytest.raises(RuleBroken, match="no photo"):
        remove_photo(actor=cast.karl, contact_id=jutta.pk)


def test_strangers_set_no_photo(cast, jutta):
    for reader in (cast.kim, cast.lena, cast.sam):
        with pytest.raises(Contact.DoesNotExist):
            set_photo(actor=reader, contact_id=jutta.pk, file=picture())
