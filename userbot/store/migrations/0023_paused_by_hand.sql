-- That a person paused it is no sentence any more, which would be another one in another language.
UPDATE sending SET hold = NULL
WHERE hold IN ('an operator paused it.', 'von Hand angehalten.', 'пауза по команде оператора.');
