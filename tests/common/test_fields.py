from common.fields import LinesField


def test_lines_lose_their_margins_and_empty_ones_go():
    assert LinesField().clean("  +49 40 1 \r\n\n a@b.de\n") == "+49 40 1\na@b.de"
    assert LinesField().clean("") == LinesField().clean(None) == ""
