"""German."""

from userbot.core.language import Catalogue

SENTENCES = {
    "{count} d": "{count} T",
    "{count} h": "{count} Std.",
    "{count} min": "{count} Min.",
    "{count} s": "{count} s",
    "⚠ Userbot met trouble and began anew: {what}. Details are in its log.": "⚠ Userbot hatte ein Problem und hat neu begonnen: {what}. Näheres steht im Protokoll.",
    "Userbot does not know this kind of message, so nobody can say what would arrive.": "Userbot kennt diese Art von Nachricht nicht; niemand weiß, was ankäme.",
    "Every recipient votes in a poll of their own; the votes in the group's poll stay as they are.": "Alle Empfänger stimmen in einer eigenen Umfrage ab; die Stimmen in der Umfrage der Gruppe bleiben, wie sie sind.",
    "A live location arrives as a plain one: the place where it is at that moment.": "Ein Live-Standort kommt als einfacher Standort an: der Ort in diesem Augenblick.",
    "A story names whoever posted it, and is gone for the recipients when it expires.": "Eine Story nennt, wer sie veröffentlicht hat, und verschwindet bei den Empfängern, wenn sie abläuft.",
    "A checklist arrives with nothing ticked.": "Eine Checkliste kommt ohne Häkchen an.",
    "A dice names whoever threw it, even when it is forwarded without its author. Send the number as text.": "Ein Würfel nennt, wer ihn geworfen hat, auch wenn er ohne Autor weitergeleitet wird. Besser die Zahl als Text senden.",
    "A game names the bot it is from, even when it is forwarded without its author. Send a link to it.": "Ein Spiel nennt seinen Bot, auch wenn es ohne Autor weitergeleitet wird. Besser einen Link darauf senden.",
    "Telegram forwards a quiz without its author only once this account has chosen an answer in it. Choose one, then order again.": "Telegram leitet ein Quiz erst dann ohne Autor weiter, wenn dieses Konto darin eine Antwort gewählt hat. Erst wählen, dann erneut bestellen.",
    "Paid media cannot be forwarded without their author. Post the photo or video itself.": "Bezahlte Medien lassen sich nicht ohne Autor weiterleiten. Das Foto oder Video selbst einstellen.",
    "An invoice cannot be forwarded without its author. Send a link to it.": "Eine Rechnung lässt sich nicht ohne Autor weiterleiten. Einen Link darauf senden.",
    "A giveaway cannot be forwarded without its author. Send a link to it.": "Ein Gewinnspiel lässt sich nicht ohne Autor weiterleiten. Einen Link darauf senden.",
    "Media that disappear once they are seen cannot be forwarded. Post them without a timer.": "Medien, die nach dem Ansehen verschwinden, lassen sich nicht weiterleiten. Ohne Zeitbegrenzung einstellen.",
    "This message is protected from being forwarded. Post it anew.": "Diese Nachricht ist vor dem Weiterleiten geschützt. Bitte neu einstellen.",
    "Rich text cannot be forwarded without its author. Post it as plain text.": "Dieser formatierte Text lässt sich nicht ohne Autor weiterleiten. Als einfachen Text einstellen.",
    "{word} is not understood: is “{keyword}” meant?": "{word} wird nicht verstanden: Ist „{keyword}“ gemeint?",
    "{word} comes first.": "{word} steht am Anfang.",
    "{word} comes after the name.": "{word} steht nach dem Namen.",
    "{word} is not expected here.": "{word} gehört nicht hierher.",
    "{word} is not needed before a time.": "{word} ist vor einer Zeit nicht nötig.",
    "{word} cannot be a name: a Latin letter, then letters, digits, - or _, at most 64.": "{word} kann kein Name sein: ein lateinischer Buchstabe, dann Buchstaben, Ziffern, - oder _, höchstens 64.",
    "{piece} is not the id of a user or a chat.": "{piece} ist keine ID eines Nutzers oder Chats.",
    "{word} is not a message's id: that is the number its link ends with.": "{word} ist keine Nachrichten-ID: Das ist die Zahl am Ende ihres Links.",
    "{word} is no sending: they are numbered from sid1.": "{word} ist keine Aussendung: Sie zählen ab sid1.",
    "{text} is no time: {reason}": "{text} ist keine Zeit: {reason}",
    "@SpamBot cannot be asked": "@SpamBot kann nicht gefragt werden",
    "@SpamBot says the account is free: go on when you see why this happened.": "@SpamBot sagt, das Konto ist frei: Weiter, wenn klar ist, woran es lag.",
    "A dialog cannot be read": "Ein Dialog kann nicht gelesen werden",
    "Telegram has frozen this account until {until}. Appeal at {address}": "Telegram hat dieses Konto bis {until} eingefroren. Einspruch: {address}",
    "Telegram refused": "Telegram hat abgelehnt",
    "The account has blocked @SpamBot: unblock it.": "Das Konto hat @SpamBot blockiert: Bitte die Blockierung aufheben.",
    "The file cannot be read": "Die Datei kann nicht gelesen werden",
    "The file is gone.": "Die Datei ist weg.",
    "The file's first line has to name the columns user_id and mark; it is {line}.": "Die erste Zeile der Datei muss die Spalten user_id und mark nennen; sie lautet {line}.",
    "The group cannot be read": "Die Gruppe kann nicht gelesen werden",
    "a delay is at most 366 days.": "eine Verzögerung dauert höchstens 366 Tage.",
    "a time is now, a delay like 5m or 1h 30m, or {form} in UTC.": "eine Zeit ist now, eine Verzögerung wie 5m oder 1h 30m, oder {form} in UTC.",
    "date and time are written {form}, in UTC.": "Tag und Uhrzeit schreibt man {form}, in UTC.",
    "it is written {form} or {form}:SS, in UTC.": "man schreibt {form} oder {form}:SS, in UTC.",
    "its template is deleted or empty.": "ihre Vorlage ist gelöscht oder leer.",
    "the clock shows that twice, since it is set back that day; this is in UTC.": "die Uhr zeigt das zweimal, denn an dem Tag wird sie zurückgestellt; dies ist in UTC.",
    "the clock skips that, since it is set forward that day; this is in UTC.": "die Uhr überspringt das, denn an dem Tag wird sie vorgestellt; dies ist in UTC.",
    "the date is missing.": "der Tag fehlt.",
    "the largest unit comes first, each only once.": "die größte Einheit steht vorn, jede nur einmal.",
    "the time of day (UTC) is missing.": "die Uhrzeit (UTC) fehlt.",
    "the units are d, h, m and s.": "die Einheiten sind d, h, m und s.",
    "the year is missing.": "das Jahr fehlt.",
    "there is no such day or time of day.": "einen solchen Tag oder eine solche Uhrzeit gibt es nicht.",
    "this month's messages are used up (MONTHLY_LIMIT).": "die Nachrichten dieses Monats sind verbraucht (MONTHLY_LIMIT).",
    "what is local here is not known while TIMEZONE is not set.": "was hier local ist, ist ohne TIMEZONE nicht bekannt.",
    "{what}: Telegram does not answer.": "{what}: Telegram antwortet nicht.",
    "{what}: the connection has ended.": "{what}: Die Verbindung ist zu Ende.",
    "{word} is too large for an instance.": "{word} ist für eine Instanz zu groß.",
    "Left out: {words}.": "Weggelassen: {words}.",
    "There is an invisible character ({point}) at the beginning.": "Am Anfang steht ein unsichtbares Zeichen ({point}).",
    "{word} is a word of the command itself and cannot be a name.": "{word} ist ein Wort des Befehls und kann kein Name sein.",
    "An id is missing.": "Eine ID fehlt.",
    "Left out: {words} and more.": "Weggelassen: {words} und weitere.",
    "There is an invisible character ({point}) after {word}.": "Nach {word} steht ein unsichtbares Zeichen ({point}).",
    "The template's name is missing.": "Der Name der Vorlage fehlt.",
    "The new name is missing.": "Der neue Name fehlt.",
    "The template is missing, or CLEAR for none.": "Die Vorlage fehlt, oder CLEAR für keine.",
    "The mark is missing.": "Das Label fehlt.",
    "The template's name is missing before {word}.": "Vor {word} fehlt der Name der Vorlage.",
    "The new name is missing before {word}.": "Vor {word} fehlt der neue Name.",
    "The mark is missing before {word}.": "Vor {word} fehlt das Label.",
    "{word} does not fit there: labels are joined by and, or, not and parentheses.": "{word} passt dort nicht: Labels werden mit and, or, not und Klammern verbunden.",
    "There are more than {count} parentheses inside one another.": "Es stehen mehr als {count} Klammern ineinander.",
    "After “{word}” stands a length of time: {word} 30d.": "Nach „{word}“ steht eine Zeitdauer: {word} 30d.",
    "After “{word}” stands a sending: {word} sid12.": "Nach „{word}“ steht eine Aussendung: {word} sid12.",
    "Something is missing at the end: a label, or what is asked of a customer.": "Am Ende fehlt etwas: ein Label oder eine Bedingung.",
    "A parenthesis is opened and not closed.": "Eine Klammer ist offen geblieben.",
    "A ticker has up to {count} characters, or is CLEAR for none.": "Ein Ticker hat bis zu {count} Zeichen, oder CLEAR für keinen.",
    "“/export” works in General. What works here is shown by:": "„/export“ geht in General. Was hier geht, zeigt:",
    "Labels are made and changed in General: {command}.": "Labels werden in General angelegt und geändert: {command}.",
    "“/mark NAME file” sets the label on the ids in the attached file.": "„/mark NAME file“ setzt das Label bei den IDs der angehängten Datei.",
    "Quotation marks, dashes and full stops around a word are no part of a command.": "Anführungszeichen, Striche und Punkte um ein Wort gehören nicht zum Befehl.",
    "Write “sid{number}” as one word.": "„sid{number}“ als ein Wort schreiben.",
    "“/send {kind}” does not look at the attached file.": "„/send {kind}“ beachtet die angehängte Datei nicht.",
    "“all” is every customer: is the mark {name} meant?": "„all“ sind alle Kunden: Ist das Label {name} gemeint?",
    "A reply sends the message itself. To send a template, write without a reply.": "Eine Antwort sendet die Nachricht selbst. Für eine Vorlage ohne Antwort schreiben.",
    "“/send {kind}” is started in General. Here a template goes to this topic.": "„/send {kind}“ wird in General gestartet. Hier geht eine Vorlage an dieses Thema.",
    "The command is longer than {longest} characters.": "Der Befehl ist länger als {longest} Zeichen.",
    "This is no /send command.": "Das ist kein /send-Befehl.",
    "“/{word}” works in a dialog topic.": "„/{word}“ geht im Thema eines Kunden.",
    "“all” is every customer: ids come after “list”.": "„all“ sind alle Kunden: IDs stehen nach „list“.",
    "Templates are changed in General: {command}.": "Vorlagen werden in General geändert: {command}.",
    "Ids come after “list”.": "IDs stehen nach „list“.",
    "A message is added to a template by a reply to it; a template is sent to somebody.": "Eine Nachricht kommt durch eine Antwort auf sie in eine Vorlage; eine Vorlage wird an jemanden gesendet.",
    "The template's name is missing; in reply to a message, that message is sent.": "Der Name der Vorlage fehlt; als Antwort auf eine Nachricht wird diese gesendet.",
    "Ids come after “list” and the template's name.": "IDs stehen nach „list“ und dem Namen der Vorlage.",
    "Reports are in General.": "Berichte gibt es in General.",
    "The word “{keyword}” is missing.": "Das Wort „{keyword}“ fehlt.",
    "Labels are separated by commas.": "Labels werden durch Kommas getrennt.",
    "The time comes before the instance and the ids.": "Die Zeit steht vor der Instanz und den IDs.",
    "only UTC is read here.": "hier gilt nur UTC.",
    "Ids are separated by commas; one instance may stand before them.": "IDs werden durch Kommas getrennt; davor darf eine Instanz stehen.",
    "The message is missing: its number in the template, or the number its link ends with.": "Die Nachricht fehlt: ihre Nummer in der Vorlage oder die Zahl am Ende ihres Links.",
    "The instance comes before the ids.": "Die Instanz steht vor den IDs.",
    "That is a circle: {labels}.": "Das ist ein Kreis: {labels}.",
    "{label} would stand for more than {count} terms.": "{label} stünde für mehr als {count} Bedingungen.",
    "There is no label {label}.": "Es gibt kein Label {label}.",
    "sid{number} awaits its start": "sid{number} wartet auf den Start",
    "sid{number} is running": "sid{number} läuft",
    "sid{number} is paused": "sid{number} ist angehalten",
    "sid{number} is finished": "sid{number} ist fertig",
    "sid{number} is cancelled": "sid{number} ist abgesagt",
    "sid{number} is stopped": "sid{number} ist beendet",
    "only a running sending can be paused.": "nur eine laufende Aussendung lässt sich anhalten.",
    "only a paused sending can be resumed.": "nur eine angehaltene Aussendung lässt sich fortsetzen.",
    "only one that runs or is paused can be stopped; {cancel} cancels it.": "nur eine laufende oder angehaltene lässt sich beenden; {cancel} sagt sie ab.",
    "only a sending that awaits its start can be cancelled; {stop} ends one that runs.": "nur eine, die auf ihren Start wartet, lässt sich absagen; {stop} beendet eine laufende.",
    "{what}: {why}": "{what}: {why}",
    "There are no recipients in the file.": "In der Datei stehen keine Empfänger.",
    "The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”.": "Die Datei ist kein Text in UTF-8. Eine Tabelle als „CSV UTF-8“ speichern.",
    "The file is no proper CSV: {error}.": "Die Datei ist kein richtiges CSV: {error}.",
    "The file is larger than {size} MB.": "Die Datei ist größer als {size} MB.",
    "A line of the file is longer than {count} characters.": "Eine Zeile der Datei ist länger als {count} Zeichen.",
    "{name}: {labels}": "{name}: {labels}",
    "{name} has the label {label} now.": "{name} hat jetzt das Label {label}.",
    "No labels yet. Make one: {command}": "Noch keine Labels. Eines anlegen: {command}",
    "Label {name} · {people}": "Label {name} · {people}",
    "{name} has no labels. Set one: {command}": "{name} hat keine Labels. Eines setzen: {command}",
    "{name} has the label {label} already.": "{name} hat das Label {label} schon.",
    "{name} has the label {label} now. Removed: {removed}.": "{name} hat jetzt das Label {label}. Entfernt: {removed}.",
    "Label {label}: {new} new, {already} already set, {unknown} unknown, {invalid} invalid.": "Label {label}: {new} neu, {already} schon gesetzt, {unknown} unbekannt, {invalid} ungültig.",
    "Used by: {labels}": "Benutzt von: {labels}",
    "As a file: {command}": "Als Datei: {command}",
    "Unknown are those with whom the account has no dialog.": "Unbekannt ist, mit wem das Konto keinen Dialog hat.",
    "No ids: {examples}.": "Keine IDs: {examples}.",
    "You will get no more mailings from us. If you want them again, write: start": "Sie erhalten keine Rundschreiben mehr von uns. Möchten Sie sie wieder bekommen, schreiben Sie: start",
    "You will get our mailings again.": "Sie erhalten unsere Rundschreiben wieder.",
    "{name} ({id}) wants no more mailings and gets none. In their topic /optin takes that back.": "{name} ({id}) möchte keine Aussendungen mehr und bekommt keine. Im Thema nimmt /optin das zurück.",
    "{name} ({id}) wants mailings again.": "{name} ({id}) möchte wieder Aussendungen.",
    "{name} gets no mailings already. /optin takes that back.": "{name} bekommt schon keine Aussendungen. /optin nimmt das zurück.",
    "{name} gets mailings; nothing had to be taken back.": "{name} bekommt Aussendungen; es war nichts zurückzunehmen.",
    "{name} gets no more mailings. /optin takes that back.": "{name} bekommt keine Aussendungen mehr. /optin nimmt das zurück.",
    "{name} gets mailings again.": "{name} bekommt wieder Aussendungen.",
    "Ended {when}.": "Beendet {when}.",
    "Stopped {when}.": "Gestoppt {when}.",
    "Pace: {rate} a minute": "Tempo: {rate} pro Minute",
    "Telegram asks for a pause until {when}.": "Telegram verlangt eine Pause bis {when}.",
    "Expected end: about {when}": "Ende voraussichtlich: etwa {when}",
    "Ordered by {name}, {when}.": "Bestellt von {name}, {when}.",
    "Starts {when}, in {time}.": "Startet {when}, in {time}.",
    "Cancel: {command}": "Absagen: {command}",
    "⚠ The same went to them {when}: {title}.": "⚠ Dasselbe ging {when} an sie: {title}.",
    "{title}. Cancelled.": "{title}. Abgesagt.",
    "⏳ {title}\nIt starts once all dialogs are read: {known} of about {total} so far. It may take {time} more.": "⏳ {title}\nStartet, sobald alle Dialoge gelesen sind: bisher {known} von etwa {total}. Es kann noch {time} dauern.",
    "Quiet hours: nothing goes out before {when}.": "Ruhezeit: Vor {when} geht nichts hinaus.",
    "✖ {title}: {counts}.": "✖ {title}: {counts}.",
    "⏳ Telegram asks for a pause until {when}, {time} from now. It goes on by itself.": "⏳ Telegram verlangt eine Pause bis {when}, noch {time}. Es geht von selbst weiter.",
    "⛔ All mailings are paused. {why}": "⛔ Alle Aussendungen sind angehalten. {why}",
    "an operator paused it.": "von Hand angehalten.",
    "Go on: {command}": "Fortsetzen: {command}",
    "{title}. Stopped.": "{title}. Beendet.",
    "To stop {sendings}: /send stop. To hold: /send pause.": "{sendings} beenden: /send stop. Anhalten: /send pause.",
    "⚠ The same is to go to them already: {title}, {start}.": "⚠ Dasselbe ist für sie schon bestellt: {title}, {start}.",
    "Took {time}.": "Dauer: {time}.",
    "✔ {title}: sent.": "✔ {title}: gesendet.",
    "✖ {title}: {counts}. Reason: {reason}.": "✖ {title}: {counts}. Grund: {reason}.",
    "nothing to send": "nichts zu senden",
    "{title}\nExpected end: about {when}": "{title}\nEnde voraussichtlich: etwa {when}",
    "Paused: {why}": "Angehalten: {why}",
    "{title}. Paused: {counts}.": "{title}. Angehalten: {counts}.",
    "{title}. Stopped; the report follows.": "{title}. Beendet; der Bericht folgt.",
    "sid{number}: test of {what}": "sid{number}: Test von {what}",
    "sid{number}: {what} to all customers": "sid{number}: {what} an alle Kunden",
    "sid{number}: {what} to the file's ids": "sid{number}: {what} an die IDs der Datei",
    "sid{number}: {what} to the listed ids": "sid{number}: {what} an die genannten IDs",
    "sid{number}: {what} to everyone with the mark {mark}": "sid{number}: {what} an alle mit dem Label {mark}",
    "sid{number}: {what} to this topic": "sid{number}: {what} an dieses Thema",
    "sid{number}: {what} to one dialog topic": "sid{number}: {what} an das Thema eines Kunden",
    "Started. It goes to nobody.": "Gestartet. Es geht an niemanden.",
    "Left out {people}: {reasons}.": "Ausgelassen {people}: {reasons}.",
    "Expected: about {time}.": "Voraussichtlich etwa {time}.",
    "Finished. {counts}.": "Fertig. {counts}.",
    "Finished: nothing to send.": "Fertig: nichts zu senden.",
    "Stopped. {counts}.": "Beendet. {counts}.",
    "Stopped: nothing to send.": "Beendet: nichts zu senden.",
    "Took {time}, {rate} a minute.": "Dauer: {time}, {rate} pro Minute.",
    "{count} sent": "{count} gesendet",
    "{count} failed": "{count} fehlgeschlagen",
    "{count} skipped": "{count} übersprungen",
    "{count} pending": "{count} offen",
    "✔ The pause that Telegram asked for is over.": "✔ Die Pause, die Telegram verlangt hat, ist vorbei.",
    "It goes on by itself after {when}.": "Es geht nach {when} von selbst weiter.",
    "End it: {command}": "Beenden: {command}",
    "Go on with all: /send resume": "Alle fortsetzen: /send resume",
    "End one: /send sidN stop": "Eine beenden: /send sidN stop",
    "{title}. It goes on.": "{title}. Es geht weiter.",
    "{title}. Starts now.": "{title}. Startet jetzt.",
    "{count} read it ({share})": "{count} haben es gelesen ({share})",
    "{count} answered ({share})": "{count} haben geantwortet ({share})",
    "Reached {count}: {what}.": "Erreicht {count}: {what}.",
    "{count} opted out": "{count} abgemeldet",
    "{count} blocked the account": "{count} haben das Konto blockiert",
    "ℹ Some names of templates are words of the command now. These templates have new names:": "ℹ Einige Namen von Vorlagen sind jetzt Wörter des Befehls. Diese Vorlagen heißen neu:",
    "Template {name} · {messages}": "Vorlage {name} · {messages}",
    "⚠ deleted in the group: it cannot be sent": "⚠ in der Gruppe gelöscht: lässt sich nicht senden",
    "Recipients: {number}": "Empfänger: {number}",
    "Messages: {counts}": "Nachrichten: {counts}",
    "Who got it is not kept any longer (KEEP_DAYS); these figures stay.": "Wer sie bekam, ist nicht mehr gespeichert (KEEP_DAYS); diese Zahlen bleiben.",
    "Pace: up to {rate} a minute": "Tempo: bis zu {rate} pro Minute",
    "No sendings in this topic yet. /send templates shows what could be sent.": "In diesem Thema noch keine Aussendungen. /send templates zeigt, was sich senden lässt.",
    "No sendings yet. Reply to a message with /send test to try one on yourself.": "Noch keine Aussendungen. Auf eine Nachricht mit /send test antworten, um sie selbst zu bekommen.",
    "No templates yet. In General, reply to a message with /send NAME to make one.": "Noch keine Vorlagen. In General auf eine Nachricht mit /send NAME antworten, um eine anzulegen.",
    "… and {number} more: all are in the file.": "… und {number} weitere: alle stehen in der Datei.",
    "It is empty. Reply to a message with {command} to add it.": "Sie ist leer. Auf eine Nachricht mit {command} antworten, um sie hinzuzufügen.",
    "at the start": "zum Start",
    "right after": "gleich danach",
    "{delay} after the start": "{delay} nach dem Start",
    "{delay} after the previous": "{delay} nach der vorigen",
    "Awaits its start {when}, in {time}.": "Wartet auf den Start {when}, in {time}.",
    "Running since {when}.": "Läuft seit {when}.",
    "It finished {when}, after {time}.": "Fertig {when}, nach {time}.",
    "It was cancelled {when}.": "Abgesagt {when}.",
    "It was stopped {when}, before it started.": "Beendet {when}, vor dem Start.",
    "It was stopped {when}, after {time}.": "Beendet {when}, nach {time}.",
    "{time} ago": "vor {time}",
    "“{text} …”": "„{text} …“",
    "{kind} {begins}": "{kind} {begins}",
    "“{text}”": "„{text}“",
    "You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”.": "Im Namen der Gruppe geschrieben: Niemand weiß, wer es war. „Anonym bleiben“ abschalten.",
    "Telegram does not tell userbot who you are here, so nothing was done. General knows more.": "Telegram sagt hier nicht, wer schreibt; es wurde nichts getan. Mehr steht in General.",
    "⚠ Telegram does not tell userbot who gives a command here, so only the account itself is heard. If the group hides its members, make the account an administrator of the group, or turn off “Hide members”.": "⚠ Telegram sagt nicht, wer hier einen Befehl gibt; gehört wird deshalb nur das Konto selbst. Falls die Gruppe ihre Mitglieder verbirgt: das Konto zum Administrator machen oder „Mitglieder verbergen“ abschalten.",
    "Mailings are started by the account itself, the group's creator, and whoever EXTENSIONS_ALLOWED names. Ask them to add you there.": "Aussendungen starten das Konto selbst, der Ersteller der Gruppe und wen EXTENSIONS_ALLOWED nennt. Dort eintragen lassen.",
    "There is no template {name}.": "Es gibt keine Vorlage {name}.",
    "{sentence} Is “{word}” meant?": "{sentence} Ist „{word}“ gemeint?",
    "Try it: {command}": "Ausprobieren: {command}",
    "Template {name} is called {new} now.": "Vorlage {name} heißt jetzt {new}.",
    "Template {name}, message {number}: {when}.": "Vorlage {name}, Nachricht {number}: {when}.",
    "Template {name} is deleted. Sendings under way keep their copy.": "Vorlage {name} ist gelöscht. Laufende Aussendungen behalten ihre Kopie.",
    "Template {name} is new.": "Vorlage {name} ist neu.",
    "“{name}” is nearly “{keyword}”: for a template choose another name.": "„{name}“ ist fast „{keyword}“: Für eine Vorlage bitte einen anderen Namen wählen.",
    "Template {name} is sent by labels: {labels}.": "Vorlage {name} wird von Labels gesendet: {labels}.",
    "Template {name} has no message {number}. Its ids: {ids}.": "Vorlage {name} hat keine Nachricht {number}. Ihre IDs: {ids}.",
    "{sentence} /send templates shows them all.": "{sentence} /send templates zeigt alle.",
    "Template {name} is empty. Reply to a message with /send {name}.": "Vorlage {name} ist leer. Auf eine Nachricht mit /send {name} antworten.",
    "{moment} is past. It is {now} now.": "{moment} ist vorbei. Jetzt ist {now}.",
    "There is a template {name} already. Choose another name.": "Eine Vorlage {name} gibt es schon. Einen anderen Namen wählen.",
    "Message {number} is in template {name} {count} times: say which by its place, {places}.": "Nachricht {number} steht {count}-mal in Vorlage {name}: Den Platz nennen, {places}.",
    "Template {name} is empty.": "Vorlage {name} ist leer.",
    "Message {number} of the template cannot be sent. {why}": "Nachricht {number} der Vorlage lässt sich nicht senden. {why}",
    "Template {name} has {count} messages already; more than that is no chain.": "Vorlage {name} hat schon {count} Nachrichten; mehr ist keine Kette.",
    "@SpamBot does not answer, so nobody knows whether the account is free.": "@SpamBot antwortet nicht; niemand weiß, ob das Konto frei ist.",
    "@SpamBot says the account is limited until {moment}.": "@SpamBot sagt, das Konto ist bis {moment} eingeschränkt.",
    "@SpamBot says the account is limited: “{words}”": "@SpamBot sagt, das Konto ist eingeschränkt: „{words}“",
    "@SpamBot says the account is blocked: “{words}”": "@SpamBot sagt, das Konto ist gesperrt: „{words}“",
    "@SpamBot says something new: “{words}” If it means that the account is free, resume: the next time it says exactly this, mailings go at once.": "@SpamBot sagt etwas Neues: „{words}“ Wenn das heißt, dass das Konto frei ist: fortsetzen. Sagt er das nächste Mal genau dies, geht es sofort los.",
    "This was written {time} ago, while userbot was down. Send it again if it holds.": "Das wurde vor {time} geschrieben, als Userbot nicht lief. Falls es noch gilt, erneut senden.",
    "Something went wrong inside userbot, and nothing was done. It is in the log.": "In Userbot ging etwas schief; es wurde nichts getan. Näheres steht im Protokoll.",
    "⚠ Userbot met trouble while {what}: {why}. It tries again by itself; details are in its log.": "⚠ Userbot hatte ein Problem ({what}): {why}. Es versucht es von selbst wieder; Näheres steht im Protokoll.",
    "{name} does not have the label {label}.": "{name} hat das Label {label} nicht.",
    "{name} has the label {label} no more.": "{name} hat das Label {label} nicht mehr.",
    "This topic belongs to nobody yet. An administrator binds it: /bind USER_ID": "Dieses Thema gehört noch niemandem. Ein Administrator verbindet es: /bind USER_ID",
    "{name} is no customer, and labels are for customers.": "{name} ist kein Kunde, und Labels sind für Kunden.",
    "Label {name} is computed: nobody sets or removes it by hand.": "Label {name} ist berechnet: Niemand setzt oder entfernt es von Hand.",
    "template {name}": "Vorlage {name}",
    "There is no label {name}.": "Es gibt kein Label {name}.",
    "Label {name} is deleted, and nobody has it any more.": "Label {name} ist gelöscht; niemand hat es mehr.",
    "Setting {name} removes: {labels}.": "Wer {name} bekommt, verliert: {labels}.",
    "Setting {name} sends template {template}.": "Wer {name} bekommt, erhält die Vorlage {template}.",
    "{sentence} There are none yet: /mark new NAME makes one.": "{sentence} Es gibt noch keine: /mark new NAME legt eines an.",
    "Setting {name} removes no other label.": "{name} entfernt kein anderes Label.",
    "Setting {name} sends nothing.": "{name} sendet nichts.",
    "Label {name} is set by hand from now on; nobody has it.": "Label {name} wird ab jetzt von Hand gesetzt; niemand hat es.",
    "{sentence} The labels are: {labels}.": "{sentence} Die Labels sind: {labels}.",
    "Label {name} is new.": "Label {name} ist neu.",
    "Set it in a customer's topic: {command}": "Im Thema eines Kunden setzen: {command}",
    "What else it can do: {command}": "Was es noch kann: {command}",
    "There is a label {name} already.": "Ein Label {name} gibt es schon.",
    "Label {name} is called {new} now.": "Label {name} heißt jetzt {new}.",
    "Topics of customers with {name} show {ticker}.": "Die Themen von Kunden mit {name} zeigen {ticker}.",
    "Label {name} is used by {users}: change these first.": "Label {name} wird von {users} benutzt: Zuerst diese ändern.",
    "Label {name} is set by hand: somebody has it, or something follows from it. Make a new one: {command}": "Label {name} wird von Hand gesetzt: Jemand hat es, oder es folgt etwas daraus. Ein neues anlegen: {command}",
    "There is no sid{number}. /send sendings shows the latest.": "Es gibt kein sid{number}. /send sendings zeigt die letzten.",
    "Who got sid{number} is not kept any longer.": "Wer sid{number} bekam, ist nicht mehr gespeichert.",
    "Topics of customers with {name} show nothing of it.": "Die Themen von Kunden mit {name} zeigen nichts davon.",
    "Label {name} cannot remove itself.": "Label {name} kann sich nicht selbst entfernen.",
    "{sentence} Nothing was changed.": "{sentence} Es wurde nichts geändert.",
    "This topic is {name}'s now ({id}).": "Dieses Thema gehört jetzt {name} ({id}).",
    "sid{number} is not of this topic. /send sendings shows what is.": "sid{number} gehört nicht zu diesem Thema. /send sendings zeigt, was dazu gehört.",
    "This topic belongs to no customer. An administrator binds it: /bind USER_ID": "Dieses Thema gehört keinem Kunden. Ein Administrator verbindet es: /bind USER_ID",
    "Only who ordered sid{number} and administrators may do that.": "Das dürfen nur, wer sid{number} bestellt hat, und Administratoren.",
    "Repeated and counted once: {count}.": "Doppelt und einmal gezählt: {count}.",
    "No ids, left out: {count} ({examples}).": "Keine IDs, ausgelassen: {count} ({examples}).",
    "{then} UTC is past. It is {now} now.": "{then} UTC ist vorbei. Jetzt ist {now}.",
    "Not started: {why}": "Nicht gestartet: {why}",
    "Telegram tells too little about you: write to the account privately first.": "Telegram sagt zu wenig über diese Person: zuerst dem Konto privat schreiben.",
    "it needs {needed} messages, and this month has {left} left of {limit} (MONTHLY_LIMIT).": "dafür braucht es {needed} Nachrichten, und dieser Monat hat noch {left} von {limit} (MONTHLY_LIMIT).",
    "You replied to a notice of userbot itself. Reply to the message that is to be sent.": "Das war eine Antwort auf eine Meldung von Userbot selbst. Auf die Nachricht antworten, die gesendet werden soll.",
    "Reply to the message that is to be sent.": "Auf die Nachricht antworten, die gesendet werden soll.",
    "The message you replied to stands in another chat. Post it here, and reply to that.": "Die beantwortete Nachricht steht in einem anderen Chat. Hier einstellen und darauf antworten.",
    "The message you replied to is gone, or cannot be sent on.": "Die beantwortete Nachricht ist weg oder lässt sich nicht weitersenden.",
    "Attach a text or CSV file with user ids, and write the command as its caption.": "Eine Text- oder CSV-Datei mit Nutzer-IDs anhängen und den Befehl als Bildunterschrift schreiben.",
    "The file is larger than {size} MB. Send it in parts.": "Die Datei ist größer als {size} MB. In Teilen senden.",
    "There is no user id in the file; it begins with: {shown}": "In der Datei steht keine Nutzer-ID; sie beginnt mit: {shown}",
    "The account has no dialog with {id}, so the topic cannot be bound to it.": "Das Konto hat keinen Dialog mit {id}; das Thema lässt sich nicht damit verbinden.",
    "You replied to a command. Reply to the message that is to be sent.": "Das war eine Antwort auf einen Befehl. Auf die Nachricht antworten, die gesendet werden soll.",
    "The dialogs are still being read, and {who} was not among them yet. Try again later.": "Die Dialoge werden noch gelesen, und {who} war noch nicht dabei. Später noch einmal versuchen.",
    "⚠ The dialogs are still being read: there may be more of them. Send the file again later.": "⚠ Die Dialoge werden noch gelesen: Es können mehr werden. Die Datei später erneut senden.",
    "The account has no dialog with @{username}.": "Das Konto hat keinen Dialog mit @{username}.",
    "@SpamBot says the account is free, yet Telegram refused it with {people} recipients in a row.": "@SpamBot sagt, das Konto ist frei; Telegram hat es trotzdem bei {people} Empfängern hintereinander abgewiesen.",
    "its start was missed by {time} while userbot was down.": "der Start wurde um {time} verpasst, weil Userbot nicht lief.",
    "{title}. @SpamBot says the account is free: it goes on.": "{title}. @SpamBot sagt, das Konto ist frei: Es geht weiter.",
    "userbot failed to start it ({error}, see its log).": "Userbot konnte sie nicht starten ({error}, siehe Protokoll).",
    "No connection here is called {number}; this one is {own}.": "Keine Verbindung hier heißt {number}; diese heißt {own}.",
    "If {number} is a recipient:": "Falls {number} ein Empfänger ist:",
    "Nothing runs now.": "Jetzt läuft nichts.",
    "Which sending? Reply to its notice, or name it: {command}": "Welche Aussendung? Auf ihre Meldung antworten oder sie nennen: {command}",
    "Nothing was paused by an operator.": "Von Hand wurde nichts angehalten.",
    "message {step} cannot be sent: {reason}.": "Nachricht {step} lässt sich nicht senden: {reason}.",
    "Telegram refused message {step} for {people} recipients in a row with an answer that userbot does not know: {reason}. See whether the message can be forwarded by hand.": "Telegram hat Nachricht {step} bei {people} Empfängern hintereinander mit einer unbekannten Antwort abgewiesen: {reason}. Prüfen, ob sie sich von Hand weiterleiten lässt.",
    "Telegram refuses this account: {reason}. @SpamBot is asked; if it says that the account is free, they go on by themselves, and whoever was refused comes last.": "Telegram weist dieses Konto ab: {reason}. @SpamBot wird gefragt; sagt er, das Konto ist frei, geht es von selbst weiter, und wer abgewiesen wurde, kommt zuletzt.",
    "They go on by themselves after {when}, if it is free then.": "Sie gehen nach {when} von selbst weiter, wenn das Konto dann frei ist.",
    "✔ Sending goes on.": "✔ Das Senden geht weiter.",
    "Telegram says: {reason}. Userbot was logged out.": "Telegram sagt: {reason}. Userbot wurde abgemeldet.",
    "{failures} of the last {window} recipients refused: no healthy list does that.": "{failures} der letzten {window} Empfänger haben abgelehnt: Das tut keine gesunde Liste.",
    "⚠ Sending rests for {time}: {why}. It goes on by itself.": "⚠ Das Senden ruht für {time}: {why}. Es geht von selbst weiter.",
    "⚠ Sending rests: {why}. It goes on by itself once it can be written.": "⚠ Das Senden ruht: {why}. Es geht von selbst weiter, sobald wieder geschrieben werden kann.",
    "After “until” comes “{one}” or “{other}”.": "Nach „until“ steht „{one}“ oder „{other}“.",
    "After “check” comes whom it is for: {words}.": "Nach „check“ steht, für wen es ist: {words}.",
    "only one that has not begun can wait for a go.": "nur eine, die noch nicht begonnen hat, kann auf ein go warten.",
    "This month has {left} left of {limit} (MONTHLY_LIMIT).": "Dieser Monat hat noch {left} von {limit} (MONTHLY_LIMIT).",
    "{title}. It waits for a go.": "{title}. Wartet auf ein go.",
    "Go: {command}": "Los: {command}",
    "sid{number} needs no go: it starts {when}.": "sid{number} braucht kein go: Start {when}.",
    "It would go to nobody.": "Es ginge an niemanden.",
    "⚠ It does not fit: this month has {left} left of {limit} (MONTHLY_LIMIT).": "⚠ Das passt nicht: Dieser Monat hat noch {left} von {limit} (MONTHLY_LIMIT).",
    "Check of {what} to everyone with the mark {mark}: nothing is sent.": "Prüfung von {what} an alle mit dem Label {mark}: Es wird nichts gesendet.",
    "Check of {what} to the file's ids: nothing is sent.": "Prüfung von {what} an die IDs der Datei: Es wird nichts gesendet.",
    "Check of {what} to the listed ids: nothing is sent.": "Prüfung von {what} an die genannten IDs: Es wird nichts gesendet.",
    "Check of {what} to all customers: nothing is sent.": "Prüfung von {what} an alle Kunden: Es wird nichts gesendet.",
    "⚠ The dialogs are still being read: there will be more of them.": "⚠ Die Dialoge werden noch gelesen: Es werden mehr.",
    "It would begin {begin} and end about {end}.": "Beginn wäre {begin}, Ende etwa {end}.",
    "It ends for whoever answers it.": "Sie endet für alle, die antworten.",
    "Template {name} goes to its end, whoever answers it.": "Vorlage {name} läuft bis zum Ende, auch wenn jemand antwortet.",
    "Template {name} ends for whoever answers it: they get nothing more of it.": "Vorlage {name} endet für alle, die antworten: Sie bekommen nichts weiter davon.",
    "It waits for a go.": "Sie wartet auf ein go.",
    "@SpamBot says the account is free.": "@SpamBot sagt, das Konto ist frei.",
    "“{word}” works in General.": "„{word}“ geht in General.",
    "Reply with “correct” to the message that is to stand in place of what was delivered.": "Mit „correct“ auf die Nachricht antworten, die an die Stelle des Zugestellten treten soll.",
    "Which sending is corrected? Its number comes first.": "Welche Aussendung wird berichtigt? Ihre Nummer steht am Anfang.",
    "✖ Not delivered: {reason}.": "✖ Nicht zugestellt: {reason}.",
    "✖ The customer's copy was not edited: {reason}.": "✖ Die Kopie beim Kunden wurde nicht geändert: {reason}.",
    "✖ A message was deleted here, and the customer's copy was not: {reason}.": "✖ Hier wurde eine Nachricht gelöscht, die Kopie beim Kunden nicht: {reason}.",
    "⚠ A message of this dialog cannot appear here: {reason}. Read it in the dialog.": "⚠ Eine Nachricht dieses Dialogs kann hier nicht erscheinen: {reason}. Bitte im Dialog lesen.",
    "answers {sid}": "antwortet auf {sid}",
    "{who} Telegram opens them one by one; no message is lost.": "{who} Telegram öffnet sie nacheinander; keine Nachricht geht verloren.",
    "{who} None can be opened now: {reason}. Userbot keeps trying.": "{who} Gerade lässt sich keines öffnen: {reason}. Userbot versucht es weiter.",
    "{who} Telegram asks for a pause of {pause} before it opens more.": "{who} Telegram verlangt {pause} Pause, bevor weitere öffnen.",
    "sid{number}: the rest of sid{origin}, {what}": "sid{number}: der Rest von sid{origin}, {what}",
    "sid{number}: recall of sid{origin}, {what}": "sid{number}: Rückruf von sid{origin}, {what}",
    "sid{number}: correction of sid{origin}, {what}": "sid{number}: Berichtigung von sid{origin}, {what}",
    "{count} recalled": "{count} zurückgerufen",
    "{count} corrected": "{count} berichtigt",
    "Everybody gets their own: {placeholders}": "Jeder bekommt das Eigene: {placeholders}",
    "sid{number} has delivered nothing.": "sid{number} hat nichts zugestellt.",
    "What sid{number} delivered stays. Take it back too: /send sid{number} recall": "Was sid{number} zugestellt hat, bleibt. Auch zurückrufen: /send sid{number} recall",
    "Who got sid{number} is not kept any longer (KEEP_DAYS).": "Wer sid{number} bekam, ist nicht mehr gespeichert (KEEP_DAYS).",
    "sid{number} goes on still. What it leaves can be sent once it has ended.": "sid{number} läuft noch. Was übrig bleibt, lässt sich danach senden.",
    "sid{number} left nothing: everybody got everything.": "sid{number} hat nichts übrig gelassen: Alle haben alles bekommen.",
    "Which of the messages? Say its place in the chain: {command}": "Welche der Nachrichten? Ihren Platz in der Kette nennen: {command}",
    "In {kind} there is no text that could be corrected.": "In {kind} steht kein Text, der sich berichtigen ließe.",
    "Label {name} · {people}: {expression}": "Label {name} · {people}: {expression}",
    "Label {name} is computed: nobody sets it, so nothing can follow from that.": "Label {name} ist berechnet: Niemand setzt es, also kann daraus nichts folgen.",
    "A test sends one template.": "Ein Test sendet eine Vorlage.",
    "Two to {most} different templates are compared, with commas between.": "Verglichen werden zwei bis {most} verschiedene Vorlagen, durch Kommas getrennt.",
    "Would read: {text}": "So käme es an: {text}",
    "Too few answers yet to say whether one is better.": "Noch zu wenige Antworten, um zu sagen, ob eine besser ist.",
    "The difference is no more than chance would make of equal ones.": "Der Unterschied ist nicht größer, als der Zufall ihn bei gleichen macht.",
    "{name} is answered most, by more than chance explains (95 %).": "{name} wird am meisten beantwortet, mehr als der Zufall erklärt (95 %).",
    "sid{number} compares templates, so it cannot be corrected.": "sid{number} vergleicht Vorlagen und lässt sich deshalb nicht berichtigen.",
    "templates {names}": "Vorlagen {names}",
    "{file} could not be attached: {why}.": "{file} ließ sich nicht anhängen: {why}.",
    "{placeholders} stays as it is written: a message of this kind ({kind}) cannot be changed.": "{placeholders} bleibt, wie es dasteht: Eine Nachricht dieser Art ({kind}) lässt sich nicht ändern.",
    "Every recipient gets one of the {count}, by chance and in equal shares; all begin when the first does.": "Jeder Empfänger bekommt eine der {count}, zufällig und zu gleichen Teilen; alle beginnen mit der ersten.",
    "{name}: {answered} of {reached} answered, {share} %": "{name}: {answered} von {reached} haben geantwortet, {share} %",
    "sid{other} brings the rest of sid{number} already. What that one leaves: {command}": "sid{other} bringt schon den Rest von sid{number}. Was jene übrig lässt: {command}",
    "sid{other} takes back sid{number} already.": "sid{other} ruft sid{number} schon zurück.",
    "What was delivered is {old}, and this is {new}: only the same kind can stand in its place.": "Zugestellt wurde {old}, und dies ist {new}: Nur dieselbe Art kann an die Stelle treten.",
    "sid{number} delivered nothing itself: it goes back to sid{origin}. For that: {command}": "sid{number} hat selbst nichts zugestellt: Es geht auf sid{origin} zurück. Dafür: {command}",
    "speaking in the group": "in der Gruppe sprechen",
    "keeping announcements true": "Ankündigungen nachführen",
    "telling how far sendings are": "den Stand melden",
    "reading the dialogs": "Dialoge lesen",
    "writing down who writes": "festhalten, wer schreibt",
    "taking care of trouble": "Störungen behandeln",
    "telling of flood waits": "Wartezeiten melden",
    "starting sendings": "Aussendungen starten",
    "writing to customers": "Kunden schreiben",
    "removing old deliveries": "Altes entfernen",
    "reading the group": "die Gruppe lesen",
    "carrying out commands": "Befehle ausführen",
    "doing what is asked for at this machine": "Ausführen, was an diesem Rechner verlangt wird",
    "{what}\nAsked for where userbot runs, in status --watch.": "{what}\nVerlangt, wo Userbot läuft, in status --watch.",
    "reading what is new": "Neues lesen",
    "naming topics": "Themen benennen",
    "keeping the desk": "Dialoge führen",
}

PLURALS = {
    "had {count} mailings in {time}": ("bekam {count} Aussendung in {time}", "bekam {count} Aussendungen in {time}"),
    "{count} customers": ("{count} Kunde", "{count} Kunden"),
    "Started. It goes to {count} recipients.": (
        "Gestartet. Es geht an {count} Empfänger.",
        "Gestartet. Es geht an {count} Empfänger.",
    ),
    "{count} messages": ("{count} Nachricht", "{count} Nachrichten"),
    "Template {name} has {count} messages now.": (
        "Vorlage {name} hat jetzt {count} Nachricht.",
        "Vorlage {name} hat jetzt {count} Nachrichten.",
    ),
    "Message {number} is out of template {name}; it has {count} messages now.": (
        "Nachricht {number} ist aus Vorlage {name} entfernt; sie hat jetzt {count} Nachricht.",
        "Nachricht {number} ist aus Vorlage {name} entfernt; sie hat jetzt {count} Nachrichten.",
    ),
    "The file holds {count} ids.": ("Die Datei enthält {count} ID.", "Die Datei enthält {count} IDs."),
    "It goes to {count} recipients now.": (
        "Sie geht jetzt an {count} Empfänger.",
        "Sie geht jetzt an {count} Empfänger.",
    ),
    "It goes to {count} recipients now, and the go was for {confirmed}.": (
        "Sie geht jetzt an {count} Empfänger, und das go galt für {confirmed}.",
        "Sie geht jetzt an {count} Empfänger, und das go galt für {confirmed}.",
    ),
    "It would go to {count} recipients, {messages} in all.": (
        "Es ginge an {count} Empfänger, insgesamt {messages}.",
        "Es ginge an {count} Empfänger, insgesamt {messages}.",
    ),
    "🗑 {count} messages were deleted in the dialog.": (
        "🗑 Diese Nachricht wurde im Dialog gelöscht.",
        "🗑 {count} Nachrichten wurden im Dialog gelöscht.",
    ),
    "⚠ {count} customers wait for their topics.": (
        "⚠ Ein Kunde wartet auf sein Thema.",
        "⚠ {count} Kunden warten auf ihre Themen.",
    ),
    "Started, with {count} recipients.": ("Gestartet, mit {count} Empfänger.", "Gestartet, mit {count} Empfängern."),
    "sid{number} has {count} messages.": ("sid{number} hat {count} Nachricht.", "sid{number} hat {count} Nachrichten."),
}

REASONS = {
    "Telegram asks for a moment": "Telegram bittet um einen Moment",
    "Telegram asks for a pause": "Telegram verlangt eine Pause",
    "Telegram did not answer in time": "Telegram hat nicht rechtzeitig geantwortet",
    "Telegram did not tell which message it is": "Telegram hat nicht gesagt, welche Nachricht es ist",
    "Telegram does not let it be taken back": "Telegram lässt es nicht zurücknehmen",
    "Telegram does not take it for a message of the account": "Telegram hält es nicht für eine Nachricht des Kontos",
    "Telegram does not take the message's random id": "Telegram nimmt die Zufalls-ID der Nachricht nicht an",
    "Telegram has banned this account": "Telegram hat dieses Konto gesperrt",
    "Telegram has closed the backend group": "Telegram hat die Gruppe des Teams geschlossen",
    "Telegram has closed this chat": "Telegram hat diesen Chat geschlossen",
    "Telegram has deactivated this account": "Telegram hat dieses Konto deaktiviert",
    "Telegram has frozen this account": "Telegram hat dieses Konto eingefroren",
    "Telegram has internal trouble": "Telegram hat intern Probleme",
    "Telegram has lost the file": "Telegram hat die Datei verloren",
    "Telegram has moved the account to another data centre": "Telegram hat das Konto in ein anderes Rechenzentrum verlegt",
    "Telegram limits this account because of complaints": "Telegram schränkt dieses Konto wegen Beschwerden ein",
    "a poll with public votes cannot be sent": "eine Umfrage mit öffentlichen Stimmen kann nicht gesendet werden",
    "accepts messages from Premium accounts only": "nimmt nur Nachrichten von Premium-Konten an",
    "an earlier step failed": "ein früherer Schritt ist gescheitert",
    "answered": "hat geantwortet",
    "blocked the account": "hat das Konto blockiert",
    "cannot be found": "nicht zu finden",
    "charges for messages": "verlangt Geld für Nachrichten",
    "deleted their account": "hat das eigene Konto gelöscht",
    "does not accept messages from this account now": "nimmt von diesem Konto zurzeit keine Nachrichten an",
    "does not accept this because of their privacy settings": "nimmt das wegen der eigenen Privatsphäre-Einstellungen nicht an",
    "does not accept voice messages": "nimmt keine Sprachnachrichten an",
    "does not accept voice or video messages": "nimmt keine Sprach- oder Videonachrichten an",
    "is a bot": "ist ein Bot",
    "is blocked by the account": "ist vom Konto blockiert",
    "is older than the 48 hours in which Telegram lets it be edited": "ist älter als die 48 Stunden, in denen Telegram es ändern lässt",
    "it is so already": "es ist schon so",
    "no dialog": "kein Dialog",
    "only admins may forward from the backend group": "nur Admins dürfen aus der Gruppe des Teams weiterleiten",
    "only admins may write in this chat": "nur Admins dürfen in diesem Chat schreiben",
    "only members may write in this chat": "nur Mitglieder dürfen in diesem Chat schreiben",
    "opted out": "will keine Aussendungen",
    "slow mode": "langsamer Modus",
    "takes no albums while in slow mode": "nimmt im langsamen Modus keine Alben an",
    "the account has to choose an answer in the quiz first": "das Konto muss im Quiz erst eine Antwort wählen",
    "the account is banned from writing in groups": "das Konto darf in Gruppen nicht schreiben",
    "the account is banned in the backend group": "das Konto ist in der Gruppe des Teams gesperrt",
    "the account is not in the backend group any more": "das Konto ist nicht mehr in der Gruppe des Teams",
    "the account is not in this chat any more": "das Konto ist nicht mehr in diesem Chat",
    "the account may not write in this chat": "das Konto darf in diesem Chat nicht schreiben",
    "the album cannot be sent": "das Album kann nicht gesendet werden",
    "the backend group cannot be found": "die Gruppe des Teams ist nicht zu finden",
    "the connection was lost": "die Verbindung ging verloren",
    "the earlier call is still running": "der frühere Aufruf läuft noch",
    "the group protects its content, so nothing can be sent from it": "die Gruppe schützt ihre Inhalte, aus ihr kann nichts gesendet werden",
    "the message cannot be sent in the account's name": "die Nachricht kann nicht im Namen des Kontos gesendet werden",
    "the message is not there any more": "die Nachricht ist nicht mehr da",
    "the message is too long with their name in it": "die Nachricht ist mit dem Namen zu lang",
    "the message was deleted from the group": "die Nachricht wurde in der Gruppe gelöscht",
    "the message's media cannot be sent": "die Medien der Nachricht können nicht gesendet werden",
    "the sending was stopped": "die Aussendung wurde beendet",
    "the topic is closed": "das Thema ist geschlossen",
    "the topic is deleted": "das Thema ist gelöscht",
    "this kind of message is not allowed there": "diese Art von Nachricht ist dort nicht erlaubt",
    "this session has expired": "diese Sitzung ist abgelaufen",
    "this session is not logged in": "diese Sitzung ist nicht angemeldet",
    "this session was ended": "diese Sitzung wurde beendet",
    "this session was ended from another device": "diese Sitzung wurde von einem anderen Gerät beendet",
    "this session was used from two places at once and ended": "diese Sitzung wurde an zwei Orten zugleich benutzt und beendet",
    "what is for sale cannot be forwarded": "was verkauft wird, kann nicht weitergeleitet werden",
}

PAGES = {
    "general reply": """\
Antwort auf eine Nachricht. Diese senden:
/send test [TIME] [INSTANCE]
  an einen selbst
/send all [TIME] [INSTANCE]
  an alle Kunden
/send mark MARK [TIME] [INSTANCE]
  an alle Kunden mit dem Label
/send list [TIME] [INSTANCE] IDS
  an diese: 1001,@anna
/send file [TIME] [INSTANCE]
  an die IDs der angehängten Datei
In ihrem Text ist {first_name|friend}
  der Name des Empfängers oder „friend“

/send check all
  sagt, wen es erreichen würde und wann;
  genauso für mark, list und file

Ihren Text an die Stelle dessen setzen, was
sid12 zugestellt hat, oder der 2. Nachricht:
/send sid12 correct [2]

Oder in eine Vorlage, alt oder neu:
/send NAME [TIME]
  zum Beispiel /send welcome 5m

TIME ist now, eine Dauer oder ein Zeitpunkt in UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "general": """\
Als Antwort auf eine Nachricht sagt /send,
wie sie gesendet oder zur Vorlage wird.

Eine Vorlage senden:
/send test NAME [TIME] [INSTANCE]
/send all NAME [TIME] [INSTANCE]
/send mark MARK template NAME [TIME] [INSTANCE]
/send list NAME [TIME] [INSTANCE] IDS
/send file NAME [TIME] [INSTANCE]
  mit der Datei der IDs im Anhang
NAME dürfen zwei bis vier sein, wie red,blue:
  jeder bekommt eine, und die Antworten
  werden verglichen

Vorlagen:
/send templates
/send NAME
/send NAME name NEW
/send NAME for MESSAGE_ID [TIME]
/send NAME del MESSAGE_ID
  oder die Nummer der Nachricht in der Vorlage
/send NAME del
/send NAME until answer
  sie endet für alle, die antworten,
  /send NAME until CLEAR: nicht mehr

Vor all dem:
/send check all NAME
  wen es erreichen würde und wann;
  genauso für mark, list und file

Alles beenden: /send stop
Alles anhalten: /send pause
  und fortsetzen: /send resume

Aussendungen, zum Beispiel sid12:
/send sendings [INSTANCE]
/send sid12
/send sid12 report
/send sid12 del
  solange sie auf den Start wartet
/send sid12 go
  wenn sie darauf wartet
/send sid12 pause
/send sid12 resume
/send sid12 stop
/send sid12 retry [TIME]
  nach ihrem Ende, was übrig blieb
/send sid12 recall
  beenden und zurückholen, was zugestellt ist
  oder, als Antwort auf eine ihrer Meldungen,
  nur das letzte Wort: /send stop

TIME ist now, eine Dauer oder ein Zeitpunkt in UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "topic": """\
Eine Vorlage an den Kunden dieses Themas:
/send NAME [TIME]
  zum Beispiel /send welcome 1h

/send templates
  welche Vorlagen es gibt
/send sendings
  die Aussendungen dieses Themas
/send sid12
  wie es um sid12 steht
/send sid12 pause
  anhalten, wer auch immer sie bestellt hat
/send sid12 stop
  beenden, wenn man sie bestellt hat
/send sid12 del
  dasselbe vor ihrem Start
/bind USER_ID
  dieses Thema mit jemandem verbinden,
  per ID oder @Nutzername
/optout
  keine Aussendungen mehr an diesen Kunden
/optin
  wieder Aussendungen

TIME ist now, eine Dauer oder ein Zeitpunkt in UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)""",
    "labels": """\
Labels an Kunden:
/mark
  alle Labels, und wie viele sie haben
/mark new NAME
/mark NAME
  was es tut, und wer es hat
/mark NAME name NEW
/mark NAME del

Wenn es einem Kunden gesetzt wird:
/mark NAME after A,B
  entfernt diese Labels
/mark NAME sends TEMPLATE
  sendet ihm eine Vorlage
/mark NAME ticker TEXT
  zeigt es im Namen seines Themas
CLEAR statt dessen nimmt es zurück.

Bei den IDs der angehängten Datei setzen:
/mark NAME file
Im Thema eines Kunden setzt es /mark NAME.

Ein Label, das aus anderen folgt:
/mark NAME is EXPRESSION
  zum Beispiel /mark warm is vip or wrote 30d
Verbunden mit and, or, not und Klammern:
  vip          hat dieses Label
  wrote 30d    hat in dieser Zeit geschrieben
  silent 30d   hat es nicht
  met 30d      ist so neu
  got sid12, failed sid12
  read sid12, answered sid12

/send mark NAME, und als Datei:
/export
/export NAME""",
    "labels here": """\
/mark
  die Labels dieses Kunden
/mark NAME
  setzt ein Label
/mark del NAME
  entfernt es
Labels werden in General angelegt.""",
}

CATALOGUE = Catalogue(SENTENCES, PLURALS, PAGES, thousands=".", decimal=",", date="%d.%m.%Y", reasons=REASONS)
