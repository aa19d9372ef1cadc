"""Who is beside the telephone, once the keys of the page work."""

from playwright.sync_api import Page, expect


def next_person(page: Page, name: str = "") -> str:
    """The name on the page, other than `name`: its script brings the times to choose from last."""
    expect(page.locator("h1")).not_to_have_text(name)
    expect(page.get_by_role("button", name="in an hour")).to_be_visible()
    return page.locator("h1").inner_text()
