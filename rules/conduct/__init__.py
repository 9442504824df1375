"""Conduct: facts and a policy in, findings and a verdict out."""
