"""The staff of Severpack: who they are, where they sit and whom they help."""

from dataclasses import dataclass

from people.choices import Role

PASSWORD = "severpack-demo"  # noqa: S105  public by purpose: it opens the invented company only


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    title: str
    roles: tuple[str, ...]
    language: str = ""
    time_zone: str = ""
    team: str = ""
    territories: tuple[str, ...] = ()
    joined_days_ago: int = 2200
    demo: str = ""  # the role this person's sign-in shows

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@severpack.example"


BERLIN, MOSCOW, ROME = "Europe/Berlin", "Europe/Moscow", "Europe/Rome"
KAM = (Role.KAM,)

PEOPLE = [
    Person("marina_sokolova", "Марина Соколова", "Sales director", (Role.DIRECTOR,), demo="director"),
    Person("anna_lindqvist", "Anna Lindqvist", "Senior key account manager, North", KAM, team="north", territories=("de-north", "de-east"), demo="lead"),
    Person("jonas_weber", "Jonas Weber", "Key account manager", KAM, "en", BERLIN, "north", ("ch",)),
    Person("katrin_tamm", "Katrin Tamm", "Account manager", KAM, "en", "Europe/Tallinn", "north", ("baltic", "fi")),
    Person("lukas_brandt", "Lukas Brandt", "Account manager", KAM, "en", BERLIN, "north", ("de-north", "de-east"), 420),
    Person("elena_vorontsova", "Елена Воронцова", "Старший менеджер, Восток", KAM, "ru", MOSCOW, "east", ("ru-northwest",)),
    Person("igor_lebedev", "Игорь Лебедев", "Key account manager, East", KAM, "", MOSCOW, "east", ("ru-volga",), demo="kam"),
    Person("oleg_ryabinin", "Олег Рябинин", "Менеджер по работе с ключевыми клиентами", KAM, "ru", MOSCOW, "east", ("ru-volga", "ru-urals"), 800),
    Person("darya_kim", "Дарья Ким", "Аккаунт-менеджер", KAM, "ru", MOSCOW, "east", (), 47),
    Person("timur_akhmetov", "Тимур Ахметов", "Аккаунт-менеджер", KAM, "ru", "Asia/Almaty", "east", ("kz", "ru-northwest", "ru-volga", "ru-urals"), 1100),
    Person("marco_bianchi", "Marco Bianchi", "Key account manager senior, Sud", KAM, "it", ROME, "south", ("it-north", "es-east")),
    Person("giulia_ferrante", "Giulia Ferrante", "Account manager", KAM, "it", ROME, "south", ("it-south", "it-north"), 950),
    Person("lucia_herrero", "Lucía Herrero", "Gestora de cuentas", KAM, "es", "Europe/Madrid", "south", ("es-east", "es-north"), 640),
    Person("olga_tikhonova", "Ольга Тихонова", "Ассистент", (Role.ASSISTANT,), "ru", MOSCOW),
    Person("paul_becker", "Paul Becker", "Assistant to key account managers", (Role.ASSISTANT,), demo="assistant"),
    Person("svetlana_baranova", "Светлана Баранова", "Logistics coordinator", (), "ru", MOSCOW),
    Person("dieter_hoffmann", "Dieter Hoffmann", "Credit control", (), "en", BERLIN),
    Person("chiara_rinaldi", "Chiara Rinaldi", "Packaging designer", (), "it", ROME),
    Person("natalia_orlova", "Наталья Орлова", "Recruiter", (Role.RECRUITER,), demo="recruiter"),
    Person("beatrice_conti", "Beatrice Conti", "Head of training", (Role.INTERVIEWER,), "", ROME, demo="interviewer"),
    Person("mikko_lahtinen", "Mikko Lahtinen", "Administrator", (Role.ADMINISTRATOR,), "", "Europe/Helsinki", demo="administrator"),
]  # fmt: skip

TEAMS = {"north": ("North", "anna_lindqvist"), "east": ("Восток", "elena_vorontsova"), "south": ("Sud", "marco_bianchi")}  # fmt: skip
SERVES = {
    "olga_tikhonova": ("elena_vorontsova", "igor_lebedev"),
    "paul_becker": ("anna_lindqvist", "jonas_weber"),
}

# Colleagues of other departments who help the teams of large customers.
FUNCTIONS = {"logistics": "svetlana_baranova", "finance": "dieter_hoffmann", "design": "chiara_rinaldi"}  # fmt: skip


def managers_of(territory: str) -> list[Person]:
    """Those who serve a territory; who leads a team comes last."""
    leads = {lead for _name, lead in TEAMS.values()}
    found = [person for person in PEOPLE if territory in person.territories]
    return sorted(found, key=lambda person: person.key in leads)
