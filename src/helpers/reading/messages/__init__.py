"""What can be wrong with raw files, said once, in Japanese and in English.

Rule ids are those of the Digital Agency's rules for machine readability. Contents of cells stand
in “ ” in the English sentences, whatever their language.
"""
