"""Which column of a file of people is which field, guessed from names people give them."""

from accounts.choices import ContactField
from common.reading.guess import Guesser

REQUIRED = (ContactField.ACCOUNT, ContactField.NAME)
# Case, accents and punctuation do not matter.
NAMES: dict[str, str] = {
    ContactField.ACCOUNT: """account | account name | account number | account id | company
        | company name | customer | customer name | customer number | customer id | customerid
        | client | organization | organisation | employer | клиент | компания | организация
        | контрагент | номер клиента | код клиента | empresa | cliente | cuenta | compania
        | azienda | societa | ragione sociale""",
    ContactField.NAME: """name | full name | fullname | person | contact | contact name
        | contact person | display name | имя | фио | фамилия имя | контакт
        | контактное лицо | сотрудник | nombre | nombre completo | contacto | persona
        | nome | nome completo | nominativo | referente""",
    ContactField.OTHER_NAME: """name in another script | other name | latin name | name latin
        | transliteration | name in english | local name | native name | имя латиницей
        | имя на английском | транслитерация | nombre en otra escritura | otro nombre
        | nome in un altra scrittura | altro nome""",
    ContactField.TITLE: """title | job title | position | job | occupation | должность | cargo
        | puesto | posicion | qualifica | mansione | posizione | titolo""",
    ContactField.ROLE: """role | buying role | decision role | роль | rol | papel | ruolo""",
    ContactField.DIVISION: """division | department | business unit | unit | отдел | подразделение
        | департамент | departamento | division | division o departamento | reparto | divisione
        | dipartimento""",
    ContactField.PHONE: """phone | telephone | tel | phone number | mobile | mobile phone | cell
        | work phone | business phone | phones | телефон | мобильный | мобильный телефон
        | рабочий телефон | телефоны | telefono | movil | telefono movil | celular | cellulare
        | telefono cellulare""",
    ContactField.EMAIL: """email | e mail | mail | email address | e mail address | work email
        | почта | электронная почта | эл почта | адрес электронной почты | correo
        | correo electronico | posta elettronica | indirizzo email""",
    ContactField.MESSENGER: """messenger | telegram | whatsapp | skype | signal | chat
        | мессенджер | телеграм | mensajero | messaggistica""",
    ContactField.ADDRESS: """address | postal address | mailing address | street address
        | business address | адрес | почтовый адрес | direccion | direccion postal | indirizzo
        | indirizzo postale""",
    ContactField.LANGUAGES: """languages | language | speaks | языки | язык | idiomas | idioma
        | lingue | lingua""",
    ContactField.REPORTS_TO: """reports to | manager | supervisor | boss | line manager | superior
        | руководитель | начальник | подчиняется | кому подчиняется | jefe | responsable
        | reporta a | responsabile | riporta a | superiore""",
    ContactField.FROM_DATE: """from | since | from date | start date | there since | start | с
        | с даты | дата начала | работает с | desde | fecha de inicio | dal | data inizio
        | data di inizio""",
}
guess_columns = Guesser(ContactField, NAMES)
