"""Official documents as Word files: the same words as the PDF, in real styles, for offices that edit on."""
