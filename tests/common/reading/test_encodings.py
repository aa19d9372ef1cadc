import pytest

from common.reading.encodings import guess_legacy, scan


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Привет, мир", "cp1251"), ("Привет, мир", "cp866"), ("ПРОДАЖИ № 5", "cp1251"),
     ("Straße à la carte", "cp1252"), ("£5 or €6", "cp1252"), ("naïve café", "cp1252")],
)  # fmt: skip
def test_words_look_like_words_in_their_own_encoding(text, encoding):
    assert guess_legacy(text.encode(encoding)) == encoding


def test_a_scan_tells_the_size_and_believes_what_was_said(tmp_path):
    path = tmp_path / "file"
    path.write_bytes("a\nПривет\n".encode("cp1251"))
    seen = scan(path, packed=False)
    assert (seen.encoding, seen.size, seen.head[:1]) == ("cp1251", 9, b"a")
    assert scan(path, packed=False, encoding="koi8-r").encoding == "koi8-r"
