from hiring.rules.survival import curve
from hiring.templatetags.hiring_numbers import staircase


def test_the_staircase_says_its_words_and_falls_step_by_step():
    drawn = staircase(curve([10, 20], [True, True]), "still <empty>")
    assert 'aria-label="still &lt;empty&gt;"' in drawn
    line = drawn.split('class="g-line" d="M')[1].split('"')[0]
    heights = [float(point.split()[1]) for point in line.split("L")]
    assert heights == sorted(heights)
    assert len(heights) == 5


def test_a_hire_on_the_first_day_can_be_drawn():
    assert "<svg" in staircase(curve([0], [True]), "x")
