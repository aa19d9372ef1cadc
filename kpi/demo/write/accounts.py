"""Customers with their kin, numbers, tags and everybody who answered for them, then and now."""

from accounts.choices import AssignmentRole
from accounts.commands.account import search_text_of
from accounts.models import (
    Account,
    Assignment,
    ExternalId,
    Segment,
    Source,
    Tag,
    Territory,
)
from kpi.demo.catalogue import SEGMENTS, TAGS, TERRITORIES
from kpi.demo.company import HANSA, UNOWNED, AccountPlan
from kpi.demo.people import PEOPLE, TEAMS
from kpi.demo.write import World

BATCH = 2_000
SOURCE, SHOP = "ERP", "Web shop"
PERSON = {person.key: person for person in PEOPLE}
HANDOVER_REASONS = {
    "en": "Takes the region over; introduced to the customer in person.",
    "ru": "Принимает регион; лично представлены клиенту.",
    "it": "Prende in carico la zona; presentazione fatta di persona.",
    "es": "Asume la zona; presentación hecha en persona.",
}
HOLIDAYS = [
    ("oleg_ryabinin", "igor_lebedev", "elena_vorontsova", "Олег в отпуске; срочные заказы ведёт Игорь."),
    ("marco_bianchi", "giulia_ferrante", "marco_bianchi", "Sono in ferie; per le urgenze risponde Giulia."),
]  # fmt: skip
ABOUT = {
    "Молочный двор": "Три площадки: Самара, Кинель, Саратов. Закупки решает Самара, но Кинель выбирает плёнку сам.",
    "Hansa Feinkost GmbH": "Two plants, own shops in northern stations. Retail label since 2019; audits us every autumn.",
    "Волжские кондитерские фабрики": "Пик с августа по ноябрь; печатные формы обновляют к каждому сезону.",
    "Pastificio Morandi S.p.A.": "Linea nuova a Parma da gennaio; vogliono la finestra compostabile.",
    "Laboratorios Vega": "Frascos recargables para 2027; deciden en Valencia, prueban en Castellón.",
    "Alpina Dairy AG": "Invoices in francs. They want recycled material in every cup by 2028.",
    "Kaltberg Logistik GmbH": "Twelve depots; liners come back to us for washing every six weeks.",
    "Уральский крепёж": "Берут только короба; торгуются за каждый процент.",
}  # fmt: skip


def write_accounts(world: World) -> None:
    segments = _named(Segment, {code: item.names for code, item in SEGMENTS.items()})
    territories = _named(Territory, {code: item.names for code, item in TERRITORIES.items()})
    rows = [
        Account(
            name=plan.name,
            search_text=search_text_of(plan.name, plan.city, world.number(index)),
            status=plan.status,
            segment=segments[plan.segment],
            territory=territories[plan.territory],
            country=plan.country,
            city=plan.city,
            currency=plan.currency,
            about=ABOUT.get(plan.name, ""),
            rolls_up=plan.rolls_up,
            owner=None if plan.name == UNOWNED else world.users[plan.owner],
            created_at=world.at(min(plan.began + 9, 2400) if plan.began else 12),
        )
        for index, plan in enumerate(world.plans)
    ]
    world.accounts = Account.objects.bulk_create(rows, batch_size=BATCH)
    _write_parents(world)
    _write_numbers(world)
    _write_tags(world)
    _write_assignments(world)


def _named(model, names: dict[str, dict[str, str]]) -> dict:
    rows = model.objects.bulk_create(model(code=code, names=words) for code, words in names.items())
    return {row.code: row for row in rows}


def _write_parents(world: World) -> None:
    by_name = {account.name: account for account in world.accounts}
    children = []
    for plan, account in zip(world.plans, world.accounts, strict=True):
        if plan.parent:
            account.parent = by_name[plan.parent]
            children.append(account)
    Account.objects.bulk_update(children, ["parent"])


def _write_numbers(world: World) -> None:
    erp = Source.objects.get_or_create(name=SOURCE)[0]
    shop = Source.objects.get_or_create(name=SHOP)[0]
    rows = [
        ExternalId(account=account, source=erp, value=world.number(index))
        for index, account in enumerate(world.accounts)
    ]
    rows += [
        ExternalId(account=account, source=shop, value=f"shop-{5000 + index}")
        for index, account in enumerate(world.accounts)
        if index % 17 == 5
    ]
    ExternalId.objects.bulk_create(rows, batch_size=BATCH)


def _write_tags(world: World) -> None:
    tags = {tag.name: tag for tag in Tag.objects.bulk_create(Tag(name=name) for name in TAGS)}
    link = Account.tags.through
    link.objects.bulk_create(
        (
            link(account=account, tag=tags[name])
            for plan, account in zip(world.plans, world.accounts, strict=True)
            for name in plan.tags
        ),
        batch_size=BATCH,
    )


def _write_assignments(world: World) -> None:
    rows: list[Assignment] = []
    for plan, account in zip(world.plans, world.accounts, strict=True):
        rows += _owners(world, plan, account)
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    Assignment.objects.bulk_create(_helpers(world))


def _owners(world: World, plan: AccountPlan, account: Account) -> list[Assignment]:
    """Today's owner and, where they came later than the customer, the team lead before them."""
    person = PERSON[plan.owner]
    lead = TEAMS[person.team][1]
    known = min(plan.began, world.days + 400) or 12
    since = min(plan.owner_since or known, person.joined_days_ago, known)
    director = world.users["marina_sokolova"]
    owned = {"account": account, "role": AssignmentRole.OWNER, "made_by": director}
    spans = [
        Assignment(
            **owned,
            user=world.users[person.key],
            valid_from=world.day(since),
            reason=HANDOVER_REASONS[person.language or "en"] if since < known else "",
            made_at=world.at(since, 9),
        )
    ]
    if since < known and person.key != lead:
        start, end = world.day(known), world.day(since)
        spans.insert(
            0,
            Assignment(
                **owned,
                user=world.users[lead],
                valid_from=start,
                valid_to=end,
                made_at=world.at(known),
            ),
        )
    if plan.name == UNOWNED:
        spans[-1].valid_to = world.day(12)
        spans[-1].reason = "Lukas concentrates on the Lübeck harbour customers."
    return spans


def _helpers(world: World) -> list[Assignment]:
    """Deputies during two holidays, assistants of the large ones, months of personal control."""
    rows = []
    for absent, deputy, by, reason in HOLIDAYS:
        rows += [
            Assignment(
                account=account,
                user=world.users[deputy],
                role=AssignmentRole.DEPUTY,
                valid_from=world.day(3),
                valid_to=world.day(-11),
                reason=reason,
                made_by=world.users[by],
                made_at=world.at(6, 13, 15),
            )
            for plan, account in zip(world.plans, world.accounts, strict=True)
            if plan.owner == absent and plan.revenue > 300_000
        ]
    if hansa := world.account(HANSA):
        rows += [
            Assignment(
                account=hansa,
                user=world.users[key],
                role=AssignmentRole.ASSISTANT,
                valid_from=world.day(500),
                made_by=world.users["anna_lindqvist"],
                made_at=world.at(501, 8, 50),
            )
            for key in ("paul_becker", "olga_tikhonova")
        ]
    if bakery := world.account(UNOWNED):
        rows.append(
            Assignment(
                account=bakery,
                user=world.users["marina_sokolova"],
                role=AssignmentRole.CONTROL,
                valid_from=world.day(300),
                valid_to=world.day(250),
                reason="Complaint about misprinted bags: I speak to them myself until it is settled.",
                made_by=world.users["marina_sokolova"],
                made_at=world.at(300, 9, 5),
            )
        )
    return rows
