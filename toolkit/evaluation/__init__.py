"""How good translations are, and how many of the required terms stand in them.

    sets         test sets: sources, references, and the term occurrences that a translation must hold
    terms        term success, exclusive and lenient, and consistency
    overuse      approved forms that stand where nothing asked for them
    quality      BLEU, chrF2, chrF2++ with sacrebleu's signatures
    bootstrap    how sure a figure and a difference are, by resampling segments
    run          an engine over a test set: without terms, with them, with wrong ones
    report       all figures of some translations in one table

A figure for term success means little without its definition: on the German track of WMT25 the same output scores
98 % by substrings and 60 % by words and case. So each report names the definition and puts the reference's own score
beside that of the systems.
"""
