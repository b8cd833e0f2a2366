"""How the window looks: tokens, theme, style sheet, icons, fonts and shared painting."""
