"""What is done with a paper after it was issued: signed copies, refusals, voiding, certificates, the register."""
