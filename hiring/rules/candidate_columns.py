"""Which column of a file of candidates is which field, guessed from names people give them."""

from common.reading.guess import folded, tidy
from hiring.choices import CandidateField

REQUIRED = (CandidateField.NAME,)
# Case, accents and punctuation do not matter.
NAMES = {
    CandidateField.NAME: """name | full name | fullname | candidate | candidate name | applicant
        | имя | фио | фамилия имя | кандидат | соискатель | nombre | nombre completo | candidato
        | nome | nome completo | nominativo""",
    CandidateField.OTHER_NAME: """name in another script | other name | latin name | name latin
        | transliteration | имя латиницей | транслитерация | otro nombre | altro nome""",
    CandidateField.PHONE: """phone | telephone | tel | phone number | mobile | mobile phone | cell
        | phones | телефон | мобильный | мобильный телефон | телефоны | telefono | movil
        | celular | cellulare""",
    CandidateField.EMAIL: """email | e mail | mail | email address | e mail address | почта
        | электронная почта | эл почта | correo | correo electronico | posta elettronica""",
    CandidateField.MESSENGER: "messenger | telegram | whatsapp | skype | мессенджер | телеграм",
    CandidateField.PROFILE: """profile | linkedin | link | url | web page | resume | cv | резюме
        | ссылка | профиль | perfil | enlace | profilo""",
    CandidateField.TITLE: """title | job title | position | occupation | present position
        | current position | должность | позиция | cargo | puesto | qualifica | mansione""",
    CandidateField.EMPLOYER: """employer | company | present employer | current employer
        | current company | organisation | organization | работодатель | компания | место работы
        | последнее место работы | empresa | azienda | datore di lavoro""",
    CandidateField.CITY: "city | town | location | город | ciudad | citta",
    CandidateField.COUNTRY: "country | страна | pais | paese",
    CandidateField.YEARS: """years in sales | experience | years of experience | опыт
        | опыт работы | лет в продажах | стаж | experiencia | esperienza""",
    CandidateField.PAY: """wants | pay wish | salary | expected salary | salary expectation
        | desired salary | зарплата | желаемая зарплата | ожидания по зарплате | salario
        | salario deseado | stipendio | stipendio desiderato""",
    CandidateField.CURRENCY: "currency | валюта | moneda | valuta",
    CandidateField.SOURCE: "source | found by | источник | откуда | fuente | fonte",
    CandidateField.SUMMARY: """in short | summary | comment | about | notes | кратко | о себе
        | комментарий | resumen | comentario | sintesi | commento""",
}
_FIELD: dict[str, str] = {}
for _field, _names in NAMES.items():
    for _name in _names.split("|"):
        _FIELD.setdefault(folded(_name), _field.value)


def guess_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """Field to column, each column used once; our own export is recognised in every language."""
    ours = {folded(str(field.label)): field.value for field in CandidateField}
    mapping: dict[str, str] = {}
    for name in columns:
        key = folded(tidy(name))
        field = ours.get(key) or _FIELD.get(key, "")
        if field and field not in mapping:
            mapping[field] = name
    return mapping
