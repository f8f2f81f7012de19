"""Russian."""

from userbot.core.language import Catalogue

SENTENCES = {
    "{count} d": "{count} д",
    "{count} h": "{count} ч",
    "{count} min": "{count} мин",
    "{count} s": "{count} с",
    "⚠ Userbot met trouble and began anew: {what}. Details are in its log.": "⚠ В userbot произошёл сбой, он начал заново: {what}. Подробности в его журнале.",
    "Userbot does not know this kind of message, so nobody can say what would arrive.": "Userbot не знает такого вида сообщений: неизвестно, что дошло бы.",
    "Every recipient votes in a poll of their own; the votes in the group's poll stay as they are.": "Каждый получатель голосует в своём опросе; голоса в опросе группы не меняются.",
    "A live location arrives as a plain one: the place where it is at that moment.": "Трансляция геопозиции придёт как обычная точка: место в этот момент.",
    "A story names whoever posted it, and is gone for the recipients when it expires.": "История показывает автора и исчезнет у получателей, когда истечёт её срок.",
    "A checklist arrives with nothing ticked.": "Список дел придёт без отметок.",
    "A dice names whoever threw it, even when it is forwarded without its author. Send the number as text.": "Кубик показывает, кто его бросил, даже при пересылке без автора. Отправьте число текстом.",
    "A game names the bot it is from, even when it is forwarded without its author. Send a link to it.": "Игра показывает своего бота даже при пересылке без автора. Отправьте ссылку на неё.",
    "Telegram forwards a quiz without its author only once this account has chosen an answer in it. Choose one, then order again.": "Telegram пересылает викторину без автора, только когда этот аккаунт в ней ответил. Выберите ответ и закажите снова.",
    "Paid media cannot be forwarded without their author. Post the photo or video itself.": "Платные медиа нельзя переслать без автора. Опубликуйте само фото или видео.",
    "An invoice cannot be forwarded without its author. Send a link to it.": "Счёт нельзя переслать без автора. Отправьте ссылку на него.",
    "A giveaway cannot be forwarded without its author. Send a link to it.": "Розыгрыш нельзя переслать без автора. Отправьте ссылку на него.",
    "Media that disappear once they are seen cannot be forwarded. Post them without a timer.": "Исчезающие медиа нельзя переслать. Опубликуйте их без таймера.",
    "This message is protected from being forwarded. Post it anew.": "Это сообщение защищено от пересылки. Опубликуйте его заново.",
    "Rich text cannot be forwarded without its author. Post it as plain text.": "Такой форматированный текст нельзя переслать без автора. Опубликуйте его обычным текстом.",
    "{word} is not understood: is “{keyword}” meant?": "{word} непонятно: имелось в виду «{keyword}»?",
    "{word} comes first.": "{word} стоит в начале.",
    "{word} comes after the name.": "{word} стоит после имени.",
    "{word} is not expected here.": "{word} здесь не нужно.",
    "{word} is not needed before a time.": "{word} перед временем не нужно.",
    "{word} cannot be a name: a Latin letter, then letters, digits, - or _, at most 64.": "{word} не может быть именем: латинская буква, затем буквы, цифры, - или _, не больше 64.",
    "{piece} is not the id of a user or a chat.": "{piece} — не id пользователя или чата.",
    "{word} is not a message's id: that is the number its link ends with.": "{word} — не id сообщения: это число в конце его ссылки.",
    "{word} is no sending: they are numbered from sid1.": "{word} — не рассылка: их номера начинаются с sid1.",
    "{text} is no time: {reason}": "{text} — не время: {reason}",
    "@SpamBot cannot be asked": "@SpamBot нельзя спросить",
    "@SpamBot says the account is free: go on when you see why this happened.": "@SpamBot говорит, что аккаунт свободен: продолжайте, когда поймёте, почему это случилось.",
    "A dialog cannot be read": "Диалог не читается",
    "Telegram has frozen this account until {until}. Appeal at {address}": "Telegram заморозил этот аккаунт до {until}. Обжаловать: {address}",
    "Telegram refused": "Telegram отказал",
    "The account has blocked @SpamBot: unblock it.": "Аккаунт заблокировал @SpamBot: разблокируйте его.",
    "The file cannot be read": "Файл не читается",
    "The file is gone.": "Файла больше нет.",
    "The file's first line has to name the columns user_id and mark; it is {line}.": "Первая строка файла должна называть столбцы user_id и mark; она такая: {line}.",
    "The group cannot be read": "Группа не читается",
    "a delay is at most 366 days.": "задержка — не больше 366 дней.",
    "a time is now, a delay like 5m or 1h 30m, or {form} in UTC.": "время — это now, задержка вроде 5m или 1h 30m, или {form} по UTC.",
    "date and time are written {form}, in UTC.": "дату и время пишут {form}, по UTC.",
    "it is written {form} or {form}:SS, in UTC.": "пишут {form} или {form}:SS, по UTC.",
    "its template is deleted or empty.": "её шаблон удалён или пуст.",
    "the clock shows that twice, since it is set back that day; this is in UTC.": "часы показывают это дважды, в тот день их переводят назад; это по UTC.",
    "the clock skips that, since it is set forward that day; this is in UTC.": "часы это пропускают, в тот день их переводят вперёд; это по UTC.",
    "the date is missing.": "не хватает даты.",
    "the largest unit comes first, each only once.": "самая крупная единица стоит первой, каждая только раз.",
    "the time of day (UTC) is missing.": "не хватает времени суток (UTC).",
    "the units are d, h, m and s.": "единицы: d, h, m и s.",
    "the year is missing.": "не хватает года.",
    "there is no such day or time of day.": "такого дня или времени нет.",
    "this month's messages are used up (MONTHLY_LIMIT).": "сообщения этого месяца израсходованы (MONTHLY_LIMIT).",
    "what is local here is not known while TIMEZONE is not set.": "что здесь local, неизвестно, пока не задан TIMEZONE.",
    "{what}: Telegram does not answer.": "{what}: Telegram не отвечает.",
    "{what}: the connection has ended.": "{what}: соединение прервано.",
    "{word} is too large for an instance.": "{word} слишком велико для номера подключения.",
    "Left out: {words}.": "Пропущено: {words}.",
    "There is an invisible character ({point}) at the beginning.": "В начале стоит невидимый символ ({point}).",
    "{word} is a word of the command itself and cannot be a name.": "{word} — слово самой команды и не может быть именем.",
    "An id is missing.": "Не хватает id.",
    "Left out: {words} and more.": "Пропущено: {words} и другое.",
    "There is an invisible character ({point}) after {word}.": "После {word} стоит невидимый символ ({point}).",
    "The template's name is missing.": "Не хватает имени шаблона.",
    "The new name is missing.": "Не хватает нового имени.",
    "The template is missing, or CLEAR for none.": "Не хватает шаблона или слова CLEAR.",
    "The mark is missing.": "Не хватает метки.",
    "The template's name is missing before {word}.": "Перед {word} не хватает имени шаблона.",
    "The new name is missing before {word}.": "Перед {word} не хватает нового имени.",
    "The mark is missing before {word}.": "Перед {word} не хватает метки.",
    "{word} does not fit there: labels are joined by and, or, not and parentheses.": "{word} там не подходит: метки соединяют and, or, not и скобки.",
    "There are more than {count} parentheses inside one another.": "Больше {count} вложенных скобок.",
    "After “{word}” stands a length of time: {word} 30d.": "После «{word}» стоит срок: {word} 30d.",
    "After “{word}” stands a sending: {word} sid12.": "После «{word}» стоит рассылка: {word} sid12.",
    "Something is missing at the end: a label, or what is asked of a customer.": "В конце чего-то не хватает: метки или условия.",
    "A parenthesis is opened and not closed.": "Скобка открыта и не закрыта.",
    "A ticker has up to {count} characters, or is CLEAR for none.": "Значок — до {count} знаков, или CLEAR, если он не нужен.",
    "“/export” works in General. What works here is shown by:": "«/export» работает в General. Что работает здесь, покажет:",
    "Labels are made and changed in General: {command}.": "Метки создают и меняют в General: {command}.",
    "“/mark NAME file” sets the label on the ids in the attached file.": "«/mark NAME file» ставит метку на id из приложенного файла.",
    "Quotation marks, dashes and full stops around a word are no part of a command.": "Кавычки, тире и точки вокруг слова не входят в команду.",
    "Write “sid{number}” as one word.": "Пишите «sid{number}» слитно.",
    "“/send {kind}” does not look at the attached file.": "«/send {kind}» не смотрит на приложенный файл.",
    "“all” is every customer: is the mark {name} meant?": "«all» — это все клиенты: имелась в виду метка {name}?",
    "A reply sends the message itself. To send a template, write without a reply.": "Ответ отправляет само сообщение. Чтобы отправить шаблон, пишите не ответом.",
    "“/send {kind}” is started in General. Here a template goes to this topic.": "«/send {kind}» запускают в General. Здесь шаблон идёт в эту тему.",
    "The command is longer than {longest} characters.": "Команда длиннее {longest} знаков.",
    "This is no /send command.": "Это не команда /send.",
    "“/{word}” works in a dialog topic.": "«/{word}» работает в теме клиента.",
    "“all” is every customer: ids come after “list”.": "«all» — это все клиенты: id стоят после «list».",
    "Templates are changed in General: {command}.": "Шаблоны меняют в General: {command}.",
    "Ids come after “list”.": "id стоят после «list».",
    "A message is added to a template by a reply to it; a template is sent to somebody.": "Сообщение добавляют в шаблон ответом на него; шаблон отправляют кому-то.",
    "The template's name is missing; in reply to a message, that message is sent.": "Не хватает имени шаблона; ответом на сообщение отправляют его само.",
    "Ids come after “list” and the template's name.": "id стоят после «list» и имени шаблона.",
    "Reports are in General.": "Отчёты — в General.",
    "The word “{keyword}” is missing.": "Не хватает слова «{keyword}».",
    "Labels are separated by commas.": "Метки разделяют запятыми.",
    "The time comes before the instance and the ids.": "Время стоит перед номером подключения и id.",
    "only UTC is read here.": "здесь понимают только UTC.",
    "Ids are separated by commas; one instance may stand before them.": "id разделяют запятыми; перед ними может стоять номер подключения.",
    "The message is missing: its number in the template, or the number its link ends with.": "Не хватает сообщения: его номера в шаблоне или числа в конце ссылки.",
    "The instance comes before the ids.": "Номер подключения стоит перед id.",
    "That is a circle: {labels}.": "Получается круг: {labels}.",
    "{label} would stand for more than {count} terms.": "{label} означала бы больше {count} условий.",
    "There is no label {label}.": "Метки {label} нет.",
    "sid{number} awaits its start": "sid{number} ждёт начала",
    "sid{number} is running": "sid{number} идёт",
    "sid{number} is paused": "sid{number} на паузе",
    "sid{number} is finished": "sid{number} завершена",
    "sid{number} is cancelled": "sid{number} отменена",
    "sid{number} is stopped": "sid{number} остановлена",
    "only a running sending can be paused.": "на паузу можно поставить только идущую рассылку.",
    "only a paused sending can be resumed.": "продолжить можно только рассылку на паузе.",
    "only one that runs or is paused can be stopped; {cancel} cancels it.": "остановить можно только идущую или поставленную на паузу; {cancel} отменит её.",
    "only a sending that awaits its start can be cancelled; {stop} ends one that runs.": "отменить можно только ту, что ждёт начала; {stop} остановит идущую.",
    "{what}: {why}": "{what}: {why}",
    "There are no recipients in the file.": "В файле нет получателей.",
    "The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”.": "Файл — не текст в UTF-8. Сохраните таблицу как «CSV UTF-8».",
    "The file is no proper CSV: {error}.": "Файл — неправильный CSV: {error}.",
    "The file is larger than {size} MB.": "Файл больше {size} МБ.",
    "A line of the file is longer than {count} characters.": "Строка файла длиннее {count} знаков.",
    "{name}: {labels}": "{name}: {labels}",
    "{name} has the label {label} now.": "{name}: теперь с меткой {label}.",
    "No labels yet. Make one: {command}": "Меток пока нет. Создать: {command}",
    "Label {name} · {people}": "Метка {name} · {people}",
    "{name} has no labels. Set one: {command}": "{name}: меток нет. Поставить: {command}",
    "{name} has the label {label} already.": "{name}: метка {label} уже стоит.",
    "{name} has the label {label} now. Removed: {removed}.": "{name}: теперь с меткой {label}. Снято: {removed}.",
    "Label {label}: {new} new, {already} already set, {unknown} unknown, {invalid} invalid.": "Метка {label}: новых {new}, уже стояла {already}, неизвестных {unknown}, неверных {invalid}.",
    "Used by: {labels}": "Используется в: {labels}",
    "As a file: {command}": "Файлом: {command}",
    "Unknown are those with whom the account has no dialog.": "Неизвестные — те, с кем у аккаунта нет диалога.",
    "No ids: {examples}.": "Не id: {examples}.",
    "You will get no more mailings from us. If you want them again, write: start": "Вы больше не будете получать наши рассылки. Если захотите снова, напишите: старт",
    "You will get our mailings again.": "Вы снова будете получать наши рассылки.",
    "{name} ({id}) wants no more mailings and gets none. In their topic /optin takes that back.": "{name} ({id}) больше не хочет рассылок и не получит их. В теме клиента /optin вернёт их.",
    "{name} ({id}) wants mailings again.": "{name} ({id}) снова хочет получать рассылки.",
    "{name} gets no mailings already. /optin takes that back.": "{name} и так не получает рассылок. /optin вернёт их.",
    "{name} gets mailings; nothing had to be taken back.": "{name} получает рассылки; возвращать было нечего.",
    "{name} gets no more mailings. /optin takes that back.": "{name} больше не получает рассылок. /optin вернёт их.",
    "{name} gets mailings again.": "{name} снова получает рассылки.",
    "Ended {when}.": "Завершено {when}.",
    "Stopped {when}.": "Остановлено {when}.",
    "Pace: {rate} a minute": "Темп: {rate} в минуту",
    "Telegram asks for a pause until {when}.": "Telegram просит паузу до {when}.",
    "Expected end: about {when}": "Ожидаемый конец: около {when}",
    "Ordered by {name}, {when}.": "Заказ: {name}, {when}.",
    "Starts {when}, in {time}.": "Начало {when}, через {time}.",
    "Cancel: {command}": "Отменить: {command}",
    "⚠ The same went to them {when}: {title}.": "⚠ То же самое им уже отправляли {when}: {title}.",
    "{title}. Cancelled.": "{title}. Отменена.",
    "⏳ {title}\nIt starts once all dialogs are read: {known} of about {total} so far. It may take {time} more.": "⏳ {title}\nНачнётся, когда прочитаны все диалоги: пока {known} примерно из {total}. Это займёт ещё около {time}.",
    "Quiet hours: nothing goes out before {when}.": "Тихие часы: до {when} ничего не отправляется.",
    "✖ {title}: {counts}.": "✖ {title}: {counts}.",
    "⏳ Telegram asks for a pause until {when}, {time} from now. It goes on by itself.": "⏳ Telegram просит паузу до {when}, ещё {time}. Дальше пойдёт само.",
    "⛔ All mailings are paused. {why}": "⛔ Все рассылки на паузе. {why}",
    "an operator paused it.": "пауза по команде оператора.",
    "Go on: {command}": "Продолжить: {command}",
    "{title}. Stopped.": "{title}. Остановлена.",
    "To stop {sendings}: /send stop. To hold: /send pause.": "Остановить {sendings}: /send stop. Поставить на паузу: /send pause.",
    "⚠ The same is to go to them already: {title}, {start}.": "⚠ То же самое им уже заказано: {title}, {start}.",
    "Took {time}.": "Заняло {time}.",
    "✔ {title}: sent.": "✔ {title}: отправлено.",
    "✖ {title}: {counts}. Reason: {reason}.": "✖ {title}: {counts}. Причина: {reason}.",
    "nothing to send": "отправлять нечего",
    "{title}\nExpected end: about {when}": "{title}\nОжидаемый конец: около {when}",
    "Paused: {why}": "На паузе: {why}",
    "{title}. Paused: {counts}.": "{title}. На паузе: {counts}.",
    "{title}. Stopped; the report follows.": "{title}. Остановлена; отчёт придёт следом.",
    "sid{number}: test of {what}": "sid{number}: проба, {what}",
    "sid{number}: {what} to all customers": "sid{number}: {what} всем клиентам",
    "sid{number}: {what} to the file's ids": "sid{number}: {what} по id из файла",
    "sid{number}: {what} to the listed ids": "sid{number}: {what} по списку id",
    "sid{number}: {what} to everyone with the mark {mark}": "sid{number}: {what} всем с меткой {mark}",
    "sid{number}: {what} to this topic": "sid{number}: {what} в эту тему",
    "sid{number}: {what} to one dialog topic": "sid{number}: {what} в тему клиента",
    "Started. It goes to nobody.": "Начато. Получателей нет.",
    "Left out {people}: {reasons}.": "Пропущено {people}: {reasons}.",
    "Expected: about {time}.": "Ожидается: около {time}.",
    "Finished. {counts}.": "Готово. {counts}.",
    "Finished: nothing to send.": "Готово: отправлять было нечего.",
    "Stopped. {counts}.": "Остановлено. {counts}.",
    "Stopped: nothing to send.": "Остановлено: отправлять было нечего.",
    "Took {time}, {rate} a minute.": "Заняло {time}, {rate} в минуту.",
    "{count} sent": "отправлено {count}",
    "{count} failed": "не удалось {count}",
    "{count} skipped": "пропущено {count}",
    "{count} pending": "осталось {count}",
    "✔ The pause that Telegram asked for is over.": "✔ Пауза, о которой просил Telegram, закончилась.",
    "It goes on by itself after {when}.": "Продолжится сама после {when}.",
    "End it: {command}": "Остановить: {command}",
    "Go on with all: /send resume": "Продолжить все: /send resume",
    "End one: /send sidN stop": "Остановить одну: /send sidN stop",
    "{title}. It goes on.": "{title}. Продолжается.",
    "{title}. Starts now.": "{title}. Начинается.",
    "{count} read it ({share})": "прочли {count} ({share})",
    "{count} answered ({share})": "ответили {count} ({share})",
    "Reached {count}: {what}.": "Получили {count}: {what}.",
    "{count} opted out": "отписались {count}",
    "{count} blocked the account": "заблокировали аккаунт {count}",
    "ℹ Some names of templates are words of the command now. These templates have new names:": "ℹ Некоторые имена шаблонов стали словами команды. Новые имена этих шаблонов:",
    "Template {name} · {messages}": "Шаблон {name} · {messages}",
    "⚠ deleted in the group: it cannot be sent": "⚠ удалено в группе: отправить нельзя",
    "Recipients: {number}": "Получателей: {number}",
    "Messages: {counts}": "Сообщения: {counts}",
    "Who got it is not kept any longer (KEEP_DAYS); these figures stay.": "Список получателей больше не хранится (KEEP_DAYS); эти числа остаются.",
    "Pace: up to {rate} a minute": "Темп: до {rate} в минуту",
    "No sendings in this topic yet. /send templates shows what could be sent.": "В этой теме рассылок ещё не было. /send templates покажет, что можно отправить.",
    "No sendings yet. Reply to a message with /send test to try one on yourself.": "Рассылок ещё не было. Ответьте на сообщение /send test, чтобы получить его самому.",
    "No templates yet. In General, reply to a message with /send NAME to make one.": "Шаблонов ещё нет. В General ответьте на сообщение /send NAME, чтобы создать.",
    "… and {number} more: all are in the file.": "… и ещё {number}: все в файле.",
    "It is empty. Reply to a message with {command} to add it.": "Он пуст. Ответьте на сообщение {command}, чтобы добавить его.",
    "at the start": "в начале",
    "right after": "сразу после",
    "{delay} after the start": "через {delay} после начала",
    "{delay} after the previous": "через {delay} после предыдущего",
    "Awaits its start {when}, in {time}.": "Ждёт начала {when}, через {time}.",
    "Running since {when}.": "Идёт с {when}.",
    "It finished {when}, after {time}.": "Завершена {when}, за {time}.",
    "It was cancelled {when}.": "Отменена {when}.",
    "It was stopped {when}, before it started.": "Остановлена {when}, до начала.",
    "It was stopped {when}, after {time}.": "Остановлена {when}, через {time}.",
    "{time} ago": "{time} назад",
    "“{text} …”": "«{text} …»",
    "{kind} {begins}": "{kind} {begins}",
    "“{text}”": "«{text}»",
    "You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”.": "Вы пишете от имени группы, и неизвестно, кто вы. Выключите «Анонимность».",
    "Telegram does not tell userbot who you are here, so nothing was done. General knows more.": "Telegram не сообщает здесь, кто вы, поэтому ничего не сделано. Подробности в General.",
    "⚠ Telegram does not tell userbot who gives a command here, so only the account itself is heard. If the group hides its members, make the account an administrator of the group, or turn off “Hide members”.": "⚠ Telegram не сообщает, кто даёт команды в этой группе, поэтому выполняются только команды самого аккаунта. Если участники группы скрыты, сделайте аккаунт администратором или выключите «Скрыть участников».",
    "Mailings are started by the account itself, the group's creator, and whoever EXTENSIONS_ALLOWED names. Ask them to add you there.": "Рассылки запускают сам аккаунт, создатель группы и те, кто указан в EXTENSIONS_ALLOWED. Попросите добавить вас туда.",
    "There is no template {name}.": "Шаблона {name} нет.",
    "{sentence} Is “{word}” meant?": "{sentence} Имелось в виду «{word}»?",
    "Try it: {command}": "Попробовать: {command}",
    "Template {name} is called {new} now.": "Шаблон {name} теперь называется {new}.",
    "Template {name}, message {number}: {when}.": "Шаблон {name}, сообщение {number}: {when}.",
    "Template {name} is deleted. Sendings under way keep their copy.": "Шаблон {name} удалён. У идущих рассылок остаётся копия.",
    "Template {name} is new.": "Шаблон {name} создан.",
    "“{name}” is nearly “{keyword}”: for a template choose another name.": "«{name}» почти «{keyword}»: выберите для шаблона другое имя.",
    "Template {name} is sent by labels: {labels}.": "Шаблон {name} отправляют метки: {labels}.",
    "Template {name} has no message {number}. Its ids: {ids}.": "В шаблоне {name} нет сообщения {number}. Его id: {ids}.",
    "{sentence} /send templates shows them all.": "{sentence} /send templates покажет все.",
    "Template {name} is empty. Reply to a message with /send {name}.": "Шаблон {name} пуст. Ответьте на сообщение /send {name}.",
    "{moment} is past. It is {now} now.": "{moment} уже прошло. Сейчас {now}.",
    "There is a template {name} already. Choose another name.": "Шаблон {name} уже есть. Выберите другое имя.",
    "Message {number} is in template {name} {count} times: say which by its place, {places}.": "Сообщение {number} встречается в шаблоне {name} {count} раза: укажите место, {places}.",
    "Template {name} is empty.": "Шаблон {name} пуст.",
    "Message {number} of the template cannot be sent. {why}": "Сообщение {number} шаблона нельзя отправить. {why}",
    "Template {name} has {count} messages already; more than that is no chain.": "В шаблоне {name} уже {count} сообщений; больше нельзя.",
    "@SpamBot does not answer, so nobody knows whether the account is free.": "@SpamBot не отвечает: неизвестно, свободен ли аккаунт.",
    "@SpamBot says the account is limited until {moment}.": "@SpamBot говорит, что аккаунт ограничен до {moment}.",
    "@SpamBot says the account is limited: “{words}”": "@SpamBot говорит, что аккаунт ограничен: «{words}»",
    "@SpamBot says the account is blocked: “{words}”": "@SpamBot говорит, что аккаунт заблокирован: «{words}»",
    "@SpamBot says something new: “{words}” If it means that the account is free, resume: the next time it says exactly this, mailings go at once.": "@SpamBot говорит что-то новое: «{words}» Если это значит, что аккаунт свободен, продолжите рассылку: когда он снова скажет именно это, рассылки пойдут сразу.",
    "This was written {time} ago, while userbot was down. Send it again if it holds.": "Это написано {time} назад, когда userbot не работал. Если ещё нужно, отправьте снова.",
    "Something went wrong inside userbot, and nothing was done. It is in the log.": "Внутри userbot что-то пошло не так, ничего не сделано. Подробности в журнале.",
    "⚠ Userbot met trouble while {what}: {why}. It tries again by itself; details are in its log.": "⚠ В userbot произошёл сбой ({what}): {why}. Он попробует снова сам; подробности в его журнале.",
    "{name} does not have the label {label}.": "{name}: метки {label} нет.",
    "{name} has the label {label} no more.": "{name}: метка {label} снята.",
    "This topic belongs to nobody yet. An administrator binds it: /bind USER_ID": "Эта тема пока ничья. Администратор привяжет её: /bind USER_ID",
    "{name} is no customer, and labels are for customers.": "{name} — не клиент, а метки только для клиентов.",
    "Label {name} is computed: nobody sets or removes it by hand.": "Метка {name} вычисляется: вручную её не ставят и не снимают.",
    "template {name}": "шаблон {name}",
    "There is no label {name}.": "Метки {name} нет.",
    "Label {name} is deleted, and nobody has it any more.": "Метка {name} удалена; её больше ни у кого нет.",
    "Setting {name} removes: {labels}.": "Метка {name} снимает: {labels}.",
    "Setting {name} sends template {template}.": "Метка {name} отправляет шаблон {template}.",
    "{sentence} There are none yet: /mark new NAME makes one.": "{sentence} Меток пока нет: /mark new NAME создаст.",
    "Setting {name} removes no other label.": "Метка {name} не снимает других меток.",
    "Setting {name} sends nothing.": "Метка {name} ничего не отправляет.",
    "Label {name} is set by hand from now on; nobody has it.": "Метку {name} теперь ставят вручную; пока её ни у кого нет.",
    "{sentence} The labels are: {labels}.": "{sentence} Есть метки: {labels}.",
    "Label {name} is new.": "Метка {name} создана.",
    "Set it in a customer's topic: {command}": "Поставить в теме клиента: {command}",
    "What else it can do: {command}": "Что она ещё умеет: {command}",
    "There is a label {name} already.": "Метка {name} уже есть.",
    "Label {name} is called {new} now.": "Метка {name} теперь называется {new}.",
    "Topics of customers with {name} show {ticker}.": "Темы клиентов с меткой {name} показывают {ticker}.",
    "Label {name} is used by {users}: change these first.": "Метку {name} использует {users}: сначала измените это.",
    "Label {name} is set by hand: somebody has it, or something follows from it. Make a new one: {command}": "Метку {name} ставят вручную: она у кого-то есть, или из неё что-то следует. Создайте новую: {command}",
    "There is no sid{number}. /send sendings shows the latest.": "sid{number} нет. /send sendings покажет последние.",
    "Who got sid{number} is not kept any longer.": "Список получателей sid{number} больше не хранится.",
    "Topics of customers with {name} show nothing of it.": "Темы клиентов с меткой {name} ничего о ней не показывают.",
    "Label {name} cannot remove itself.": "Метка {name} не может снять саму себя.",
    "{sentence} Nothing was changed.": "{sentence} Ничего не изменено.",
    "This topic is {name}'s now ({id}).": "Теперь это тема клиента {name} ({id}).",
    "sid{number} is not of this topic. /send sendings shows what is.": "sid{number} не из этой темы. /send sendings покажет здешние.",
    "This topic belongs to no customer. An administrator binds it: /bind USER_ID": "У этой темы нет клиента. Администратор привяжет её: /bind USER_ID",
    "Only who ordered sid{number} and administrators may do that.": "Это могут только заказавший sid{number} и администраторы.",
    "Repeated and counted once: {count}.": "Повторов, учтённых один раз: {count}.",
    "No ids, left out: {count} ({examples}).": "Не id, пропущено: {count} ({examples}).",
    "{then} UTC is past. It is {now} now.": "{then} UTC уже прошло. Сейчас {now}.",
    "Not started: {why}": "Не начато: {why}",
    "Telegram tells too little about you: write to the account privately first.": "Telegram сообщает о вас слишком мало: сначала напишите аккаунту лично.",
    "it needs {needed} messages, and this month has {left} left of {limit} (MONTHLY_LIMIT).": "нужно {needed} сообщений, а в этом месяце осталось {left} из {limit} (MONTHLY_LIMIT).",
    "You replied to a notice of userbot itself. Reply to the message that is to be sent.": "Вы ответили на уведомление самого userbot. Ответьте на сообщение, которое нужно отправить.",
    "Reply to the message that is to be sent.": "Ответьте на сообщение, которое нужно отправить.",
    "The message you replied to stands in another chat. Post it here, and reply to that.": "Сообщение, на которое вы ответили, в другом чате. Опубликуйте его здесь и ответьте на него.",
    "The message you replied to is gone, or cannot be sent on.": "Сообщения, на которое вы ответили, нет, или его нельзя переслать.",
    "Attach a text or CSV file with user ids, and write the command as its caption.": "Приложите текстовый файл или CSV с id пользователей, а команду напишите в подписи.",
    "The file is larger than {size} MB. Send it in parts.": "Файл больше {size} МБ. Отправьте его частями.",
    "There is no user id in the file; it begins with: {shown}": "В файле нет id пользователей; он начинается с: {shown}",
    "The account has no dialog with {id}, so the topic cannot be bound to it.": "У аккаунта нет диалога с {id}: тему не привязать.",
    "You replied to a command. Reply to the message that is to be sent.": "Вы ответили на команду. Ответьте на сообщение, которое нужно отправить.",
    "The dialogs are still being read, and {who} was not among them yet. Try again later.": "Диалоги ещё читаются, и {who} среди них пока нет. Попробуйте позже.",
    "⚠ The dialogs are still being read: there may be more of them. Send the file again later.": "⚠ Диалоги ещё читаются: их может стать больше. Отправьте файл позже ещё раз.",
    "The account has no dialog with @{username}.": "У аккаунта нет диалога с @{username}.",
    "@SpamBot says the account is free, yet Telegram refused it with {people} recipients in a row.": "@SpamBot говорит, что аккаунт свободен, но Telegram отказал ему с {people} получателями подряд.",
    "its start was missed by {time} while userbot was down.": "начало пропущено на {time}, пока userbot не работал.",
    "{title}. @SpamBot says the account is free: it goes on.": "{title}. @SpamBot говорит, что аккаунт свободен: продолжается.",
    "userbot failed to start it ({error}, see its log).": "userbot не смог её начать ({error}, см. журнал).",
    "No connection here is called {number}; this one is {own}.": "Подключения {number} здесь нет; это — {own}.",
    "If {number} is a recipient:": "Если {number} — получатель:",
    "Nothing runs now.": "Сейчас ничего не идёт.",
    "Which sending? Reply to its notice, or name it: {command}": "Какая рассылка? Ответьте на её уведомление или назовите её: {command}",
    "Nothing was paused by an operator.": "Операторы ничего не ставили на паузу.",
    "message {step} cannot be sent: {reason}.": "сообщение {step} нельзя отправить: {reason}.",
    "Telegram refused message {step} for {people} recipients in a row with an answer that userbot does not know: {reason}. See whether the message can be forwarded by hand.": "Telegram отказал в отправке сообщения {step} {people} получателям подряд с неизвестным ответом: {reason}. Проверьте, пересылается ли сообщение вручную.",
    "Telegram refuses this account: {reason}. @SpamBot is asked; if it says that the account is free, they go on by themselves, and whoever was refused comes last.": "Telegram отказывает этому аккаунту: {reason}. Спрашиваем @SpamBot; если он скажет, что аккаунт свободен, рассылки продолжатся сами, а тот, с кем отказали, будет последним.",
    "They go on by themselves after {when}, if it is free then.": "Они продолжатся сами после {when}, если аккаунт будет свободен.",
    "✔ Sending goes on.": "✔ Отправка продолжается.",
    "Telegram says: {reason}. Userbot was logged out.": "Telegram говорит: {reason}. Userbot вышел из аккаунта.",
    "{failures} of the last {window} recipients refused: no healthy list does that.": "{failures} из последних {window} получателей отказали: у хорошего списка так не бывает.",
    "⚠ Sending rests for {time}: {why}. It goes on by itself.": "⚠ Отправка отдыхает {time}: {why}. Продолжится сама.",
    "⚠ Sending rests: {why}. It goes on by itself once it can be written.": "⚠ Отправка отдыхает: {why}. Продолжится сама, как только можно будет записывать.",
    "After “until” comes “{one}” or “{other}”.": "После «until» стоит «{one}» или «{other}».",
    "After “check” comes whom it is for: {words}.": "После «check» стоит, для кого: {words}.",
    "only one that has not begun can wait for a go.": "ждать go может только та, что ещё не началась.",
    "This month has {left} left of {limit} (MONTHLY_LIMIT).": "В этом месяце осталось {left} из {limit} (MONTHLY_LIMIT).",
    "{title}. It waits for a go.": "{title}. Ждёт go.",
    "Go: {command}": "Пуск: {command}",
    "sid{number} needs no go: it starts {when}.": "sid{number} не нуждается в go: начало {when}.",
    "It would go to nobody.": "Получателей не было бы.",
    "⚠ It does not fit: this month has {left} left of {limit} (MONTHLY_LIMIT).": "⚠ Не помещается: в этом месяце осталось {left} из {limit} (MONTHLY_LIMIT).",
    "Check of {what} to everyone with the mark {mark}: nothing is sent.": "Проверка: {what} всем с меткой {mark}. Ничего не отправляется.",
    "Check of {what} to the file's ids: nothing is sent.": "Проверка: {what} по id из файла. Ничего не отправляется.",
    "Check of {what} to the listed ids: nothing is sent.": "Проверка: {what} по списку id. Ничего не отправляется.",
    "Check of {what} to all customers: nothing is sent.": "Проверка: {what} всем клиентам. Ничего не отправляется.",
    "⚠ The dialogs are still being read: there will be more of them.": "⚠ Диалоги ещё читаются: их станет больше.",
    "It would begin {begin} and end about {end}.": "Начало было бы {begin}, конец около {end}.",
    "It ends for whoever answers it.": "Она заканчивается для тех, кто ответит.",
    "Template {name} goes to its end, whoever answers it.": "Шаблон {name} идёт до конца, даже если ответят.",
    "Template {name} ends for whoever answers it: they get nothing more of it.": "Шаблон {name} заканчивается для тех, кто ответит: больше из него они ничего не получат.",
    "It waits for a go.": "Ждёт go.",
    "@SpamBot says the account is free.": "@SpamBot говорит, что аккаунт свободен.",
    "“{word}” works in General.": "«{word}» работает в General.",
    "Reply with “correct” to the message that is to stand in place of what was delivered.": "Ответьте «correct» на сообщение, которое должно встать на место доставленного.",
    "Which sending is corrected? Its number comes first.": "Какая рассылка исправляется? Её номер стоит в начале.",
    "✖ Not delivered: {reason}.": "✖ Не доставлено: {reason}.",
    "✖ The customer's copy was not edited: {reason}.": "✖ Копия у клиента не изменена: {reason}.",
    "✖ A message was deleted here, and the customer's copy was not: {reason}.": "✖ Здесь сообщение удалено, а копия у клиента нет: {reason}.",
    "⚠ A message of this dialog cannot appear here: {reason}. Read it in the dialog.": "⚠ Сообщение этого диалога не может появиться здесь: {reason}. Прочтите его в диалоге.",
    "answers {sid}": "ответ на {sid}",
    "{who} Telegram opens them one by one; no message is lost.": "{who} Telegram открывает их по одной; ни одно сообщение не пропадёт.",
    "{who} None can be opened now: {reason}. Userbot keeps trying.": "{who} Сейчас открыть нельзя: {reason}. Userbot пробует дальше.",
    "{who} Telegram asks for a pause of {pause} before it opens more.": "{who} Telegram просит паузу {pause}, прежде чем открыть новые.",
    "sid{number}: the rest of sid{origin}, {what}": "sid{number}: остаток sid{origin}, {what}",
    "sid{number}: recall of sid{origin}, {what}": "sid{number}: отзыв sid{origin}, {what}",
    "sid{number}: correction of sid{origin}, {what}": "sid{number}: исправление sid{origin}, {what}",
    "{count} recalled": "отозвано {count}",
    "{count} corrected": "исправлено {count}",
    "Everybody gets their own: {placeholders}": "Каждому своё: {placeholders}",
    "sid{number} has delivered nothing.": "sid{number} ничего не доставила.",
    "What sid{number} delivered stays. Take it back too: /send sid{number} recall": "Доставленное sid{number} остаётся. Отозвать и его: /send sid{number} recall",
    "Who got sid{number} is not kept any longer (KEEP_DAYS).": "Список получателей sid{number} больше не хранится (KEEP_DAYS).",
    "sid{number} goes on still. What it leaves can be sent once it has ended.": "sid{number} ещё идёт. Остаток можно отправить, когда она закончится.",
    "sid{number} left nothing: everybody got everything.": "После sid{number} ничего не осталось: все получили всё.",
    "Which of the messages? Say its place in the chain: {command}": "Какое из сообщений? Укажите его место в цепочке: {command}",
    "In {kind} there is no text that could be corrected.": "В {kind} нет текста, который можно исправить.",
    "Label {name} · {people}: {expression}": "Метка {name} · {people}: {expression}",
    "Label {name} is computed: nobody sets it, so nothing can follow from that.": "Метка {name} вычисляется: её не ставят, поэтому из неё ничего не следует.",
    "A test sends one template.": "Проба отправляет один шаблон.",
    "Two to {most} different templates are compared, with commas between.": "Сравнивают от двух до {most} разных шаблонов, через запятую.",
    "Would read: {text}": "Придёт так: {text}",
    "Too few answers yet to say whether one is better.": "Ответов пока мало, чтобы сказать, какой лучше.",
    "The difference is no more than chance would make of equal ones.": "Разница не больше случайной.",
    "{name} is answered most, by more than chance explains (95 %).": "Чаще всего отвечают на {name}, и это не случайность (95 %).",
    "sid{number} compares templates, so it cannot be corrected.": "sid{number} сравнивает шаблоны, поэтому её нельзя исправить.",
    "templates {names}": "шаблоны {names}",
    "{file} could not be attached: {why}.": "{file} не удалось приложить: {why}.",
    "{placeholders} stays as it is written: a message of this kind ({kind}) cannot be changed.": "{placeholders} останется как есть: сообщение такого вида ({kind}) нельзя изменить.",
    "Every recipient gets one of the {count}, by chance and in equal shares; all begin when the first does.": "Каждый получит один из {count}, случайно и поровну; все начинаются вместе с первым.",
    "{name}: {answered} of {reached} answered, {share} %": "{name}: ответили {answered} из {reached}, {share} %",
    "sid{other} brings the rest of sid{number} already. What that one leaves: {command}": "sid{other} уже доставляет остаток sid{number}. Её остаток: {command}",
    "sid{other} takes back sid{number} already.": "sid{other} уже отзывает sid{number}.",
    "What was delivered is {old}, and this is {new}: only the same kind can stand in its place.": "Доставлено {old}, а это {new}: на его место может встать только сообщение того же вида.",
    "sid{number} delivered nothing itself: it goes back to sid{origin}. For that: {command}": "sid{number} сама ничего не доставляла: она относится к sid{origin}. Для той: {command}",
    "speaking in the group": "сообщения в группе",
    "keeping announcements true": "обновление объявлений",
    "telling how far sendings are": "ход рассылок",
    "reading the dialogs": "чтение диалогов",
    "writing down who writes": "запись, кто пишет",
    "taking care of trouble": "разбор сбоев",
    "telling of flood waits": "сообщения о паузах",
    "starting sendings": "запуск рассылок",
    "writing to customers": "письма клиентам",
    "removing old deliveries": "удаление старого",
    "reading the group": "чтение группы",
    "carrying out commands": "выполнение команд",
    "doing what is asked for at this machine": "выполнение того, что просят на этой машине",
    "{what}\nAsked for where userbot runs, in status --watch.": "{what}\nЗапрошено там, где работает userbot, в status --watch.",
    "reading what is new": "чтение нового",
    "naming topics": "названия тем",
    "keeping the desk": "ведение диалогов",
}

PLURALS = {
    "had {count} mailings in {time}": (
        "{count} рассылка за {time}",
        "{count} рассылки за {time}",
        "{count} рассылок за {time}",
    ),
    "{count} customers": ("{count} клиент", "{count} клиента", "{count} клиентов"),
    "Started. It goes to {count} recipients.": (
        "Начато. {count} получатель.",
        "Начато. {count} получателя.",
        "Начато. {count} получателей.",
    ),
    "{count} messages": ("{count} сообщение", "{count} сообщения", "{count} сообщений"),
    "Template {name} has {count} messages now.": (
        "В шаблоне {name} теперь {count} сообщение.",
        "В шаблоне {name} теперь {count} сообщения.",
        "В шаблоне {name} теперь {count} сообщений.",
    ),
    "Message {number} is out of template {name}; it has {count} messages now.": (
        "Сообщение {number} убрано из шаблона {name}; теперь в нём {count} сообщение.",
        "Сообщение {number} убрано из шаблона {name}; теперь в нём {count} сообщения.",
        "Сообщение {number} убрано из шаблона {name}; теперь в нём {count} сообщений.",
    ),
    "The file holds {count} ids.": ("В файле {count} id.", "В файле {count} id.", "В файле {count} id."),
    "It goes to {count} recipients now.": (
        "Теперь получит {count} человек.",
        "Теперь получат {count} человека.",
        "Теперь получат {count} человек.",
    ),
    "It goes to {count} recipients now, and the go was for {confirmed}.": (
        "Теперь получит {count} человек, а go было дано на {confirmed}.",
        "Теперь получат {count} человека, а go было дано на {confirmed}.",
        "Теперь получат {count} человек, а go было дано на {confirmed}.",
    ),
    "It would go to {count} recipients, {messages} in all.": (
        "Получил бы {count} человек, всего {messages}.",
        "Получили бы {count} человека, всего {messages}.",
        "Получили бы {count} человек, всего {messages}.",
    ),
    "🗑 {count} messages were deleted in the dialog.": (
        "🗑 {count} сообщение удалено в диалоге.",
        "🗑 {count} сообщения удалены в диалоге.",
        "🗑 {count} сообщений удалено в диалоге.",
    ),
    "⚠ {count} customers wait for their topics.": (
        "⚠ {count} клиент ждёт свою тему.",
        "⚠ {count} клиента ждут свои темы.",
        "⚠ {count} клиентов ждут свои темы.",
    ),
    "Started, with {count} recipients.": (
        "Начато: {count} получатель.",
        "Начато: {count} получателя.",
        "Начато: {count} получателей.",
    ),
    "sid{number} has {count} messages.": (
        "В sid{number} {count} сообщение.",
        "В sid{number} {count} сообщения.",
        "В sid{number} {count} сообщений.",
    ),
}

REASONS = {
    "Telegram asks for a moment": "Telegram просит подождать мгновение",
    "Telegram asks for a pause": "Telegram просит сделать паузу",
    "Telegram did not answer in time": "Telegram не ответил вовремя",
    "Telegram did not tell which message it is": "Telegram не сообщил, какое это сообщение",
    "Telegram does not let it be taken back": "Telegram не даёт это отозвать",
    "Telegram does not take it for a message of the account": "Telegram не считает это сообщением аккаунта",
    "Telegram does not take the message's random id": "Telegram не принимает случайный id сообщения",
    "Telegram has banned this account": "Telegram забанил этот аккаунт",
    "Telegram has closed the backend group": "Telegram закрыл группу команды",
    "Telegram has closed this chat": "Telegram закрыл этот чат",
    "Telegram has deactivated this account": "Telegram отключил этот аккаунт",
    "Telegram has frozen this account": "Telegram заморозил этот аккаунт",
    "Telegram has internal trouble": "у Telegram внутренние неполадки",
    "Telegram has lost the file": "Telegram потерял файл",
    "Telegram has moved the account to another data centre": "Telegram перенёс аккаунт в другой дата-центр",
    "Telegram limits this account because of complaints": "Telegram ограничивает этот аккаунт из-за жалоб",
    "a poll with public votes cannot be sent": "опрос с открытым голосованием отправить нельзя",
    "accepts messages from Premium accounts only": "принимает сообщения только от аккаунтов Premium",
    "an earlier step failed": "предыдущий шаг не дошёл",
    "answered": "уже ответил",
    "blocked the account": "заблокировал аккаунт",
    "cannot be found": "не найден",
    "charges for messages": "берёт плату за сообщения",
    "deleted their account": "удалил свой аккаунт",
    "does not accept messages from this account now": "сейчас не принимает сообщения от этого аккаунта",
    "does not accept this because of their privacy settings": "не принимает это из-за настроек приватности",
    "does not accept voice messages": "не принимает голосовые сообщения",
    "does not accept voice or video messages": "не принимает голосовые и видеосообщения",
    "is a bot": "это бот",
    "is blocked by the account": "заблокирован аккаунтом",
    "is older than the 48 hours in which Telegram lets it be edited": "старше 48 часов, в течение которых Telegram даёт это изменить",
    "it is so already": "так уже и есть",
    "no dialog": "нет диалога",
    "only admins may forward from the backend group": "пересылать из группы команды могут только админы",
    "only admins may write in this chat": "в этом чате могут писать только админы",
    "only members may write in this chat": "в этом чате могут писать только участники",
    "opted out": "отказался от рассылок",
    "slow mode": "медленный режим",
    "takes no albums while in slow mode": "не принимает альбомы в медленном режиме",
    "the account has to choose an answer in the quiz first": "аккаунт должен сначала выбрать ответ в викторине",
    "the account is banned from writing in groups": "аккаунту запрещено писать в группах",
    "the account is banned in the backend group": "аккаунт забанен в группе команды",
    "the account is not in the backend group any more": "аккаунта больше нет в группе команды",
    "the account is not in this chat any more": "аккаунта больше нет в этом чате",
    "the account may not write in this chat": "аккаунт не может писать в этом чате",
    "the album cannot be sent": "альбом отправить нельзя",
    "the backend group cannot be found": "группа команды не найдена",
    "the connection was lost": "соединение потеряно",
    "the earlier call is still running": "прежний вызов ещё выполняется",
    "the group protects its content, so nothing can be sent from it": "группа защищает своё содержимое, из неё ничего нельзя отправить",
    "the message cannot be sent in the account's name": "сообщение нельзя отправить от имени аккаунта",
    "the message is not there any more": "сообщения больше нет",
    "the message is too long with their name in it": "сообщение с именем слишком длинное",
    "the message was deleted from the group": "сообщение удалено из группы",
    "the message's media cannot be sent": "медиа сообщения отправить нельзя",
    "the sending was stopped": "рассылка остановлена",
    "the topic is closed": "тема закрыта",
    "the topic is deleted": "тема удалена",
    "this kind of message is not allowed there": "такие сообщения там запрещены",
    "this session has expired": "эта сессия истекла",
    "this session is not logged in": "в этой сессии вход не выполнен",
    "this session was ended": "эта сессия завершена",
    "this session was ended from another device": "эта сессия завершена с другого устройства",
    "this session was used from two places at once and ended": "эта сессия использовалась в двух местах сразу и завершена",
    "what is for sale cannot be forwarded": "то, что продаётся, переслать нельзя",
}

PAGES = {
    "general reply": """\
Ответ на сообщение. Отправить его:
/send test [TIME] [INSTANCE]
  самому себе
/send all [TIME] [INSTANCE]
  всем клиентам
/send mark MARK [TIME] [INSTANCE]
  всем клиентам с этой меткой
/send list [TIME] [INSTANCE] IDS
  этим: 1001,@anna
/send file [TIME] [INSTANCE]
  по id из приложенного файла
В его тексте {first_name|friend} —
  имя получателя или «friend»

/send check all
  скажет, кому и когда это придёт;
  так же для mark, list и file

Поставить его текст на место доставленного
sid12 или её 2-го сообщения:
/send sid12 correct [2]

Или добавить в шаблон, старый или новый:
/send NAME [TIME]
  например /send welcome 5m

TIME — now, срок или момент по UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "general": """\
Ответом на сообщение /send расскажет,
как отправить его или добавить в шаблон.

Отправить шаблон:
/send test NAME [TIME] [INSTANCE]
/send all NAME [TIME] [INSTANCE]
/send mark MARK template NAME [TIME] [INSTANCE]
/send list NAME [TIME] [INSTANCE] IDS
/send file NAME [TIME] [INSTANCE]
  с приложенным файлом id
NAME может быть от двух до четырёх: red,blue;
  каждый получит один, а ответы
  на них сравниваются

Шаблоны:
/send templates
/send NAME
/send NAME name NEW
/send NAME for MESSAGE_ID [TIME]
/send NAME del MESSAGE_ID
  или номер сообщения в шаблоне
/send NAME del
/send NAME until answer
  закончится для тех, кто ответит,
  /send NAME until CLEAR: больше нет

Перед любой из них:
/send check all NAME
  кому и когда это придёт;
  так же для mark, list и file

Остановить всё: /send stop
Всё на паузу: /send pause
  и продолжить: /send resume

Рассылки, например sid12:
/send sendings [INSTANCE]
/send sid12
/send sid12 report
/send sid12 del
  пока она ждёт начала
/send sid12 go
  если она этого ждёт
/send sid12 pause
/send sid12 resume
/send sid12 stop
/send sid12 retry [TIME]
  когда закончится, её остаток
/send sid12 recall
  остановить и отозвать доставленное
  или, ответом на её уведомление,
  только последнее слово: /send stop

TIME — now, срок или момент по UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "topic": """\
Отправить шаблон клиенту этой темы:
/send NAME [TIME]
  например /send welcome 1h

/send templates
  какие есть шаблоны
/send sendings
  рассылки этой темы
/send sid12
  как дела у sid12
/send sid12 pause
  пауза, кто бы её ни заказал
/send sid12 stop
  остановить, если заказали вы
/send sid12 del
  то же до её начала
/bind USER_ID
  привязать тему к человеку или чату,
  по id или @имени
/optout
  больше никаких рассылок этому клиенту
/optin
  снова рассылки

TIME — now, срок или момент по UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "labels": """\
Метки клиентов:
/mark
  все метки, и у скольких они есть
/mark new NAME
/mark NAME
  что она делает, и у кого есть
/mark NAME name NEW
/mark NAME del

Когда её ставят клиенту:
/mark NAME after A,B
  снимает эти метки
/mark NAME sends TEMPLATE
  отправляет ему шаблон
/mark NAME ticker TEXT
  показывает её в названии темы
CLEAR вместо этого отменяет.

Поставить на id из приложенного файла:
/mark NAME file
В теме клиента её ставит /mark NAME.

Метка, которая следует из других:
/mark NAME is EXPRESSION
  например /mark warm is vip or wrote 30d
Соединяют and, or, not и скобки:
  vip          есть эта метка
  wrote 30d    писал за это время
  silent 30d   не писал
  met 30d      настолько новый
  got sid12, failed sid12
  read sid12, answered sid12

/send mark NAME, и файлом:
/export
/export NAME""",
    "labels here": """\
/mark
  метки этого клиента
/mark NAME
  ставит метку
/mark del NAME
  снимает её
Метки создают в General.""",
}


def form(count: int) -> int:
    """1, 21, 31 …; 2 to 4, 22 to 24 …; all others (Unicode's CLDR, plural rules for ru)."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else 2


CATALOGUE = Catalogue(
    SENTENCES, PLURALS, PAGES, form, thousands="\u00a0", decimal=",", date="%d.%m.%Y", reasons=REASONS
)
