"""Which column of a file of candidates is which field, guessed from names people give them."""

from common.reading.guess import Guesser
from hiring.choices import CandidateField, Source

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
guess_columns = Guesser(CandidateField, NAMES)
# Beside the names of sources in our languages.
SOURCES = {
    "hh.ru": Source.HH, "хедхантер": Source.HH, "superjob.ru": Source.SUPERJOB,
    "линкедин": Source.LINKEDIN, "реферал": Source.REFERRAL, "рекомендация": Source.REFERRAL,
    "по рекомендации": Source.REFERRAL, "recommendation": Source.REFERRAL,
    "recomendación": Source.REFERRAL, "segnalazione": Source.REFERRAL,
    "кадровое агентство": Source.AGENCY, "база": Source.DATABASE, "база резюме": Source.DATABASE,
    "авито": Source.DATABASE, "avito": Source.DATABASE, "indeed": Source.DATABASE,
    "stepstone": Source.DATABASE, "infojobs": Source.DATABASE,
}  # fmt: skip
