"""Schools, visits, answers, problems and notices as plain values; knows no library."""
