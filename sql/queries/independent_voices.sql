-- title: Independent voices
-- question: How many independent voices remain once wire copies are folded?
-- param: at_least = 2 | only things that at least so many reports give
SELECT day, kind, item, unit, place, documents, originals, voices, who, lowest, highest
FROM voices
WHERE documents >= $at_least
ORDER BY documents DESC, day DESC, kind, item, unit, place
