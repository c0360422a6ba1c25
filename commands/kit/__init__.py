"""What every journey shares: forms, blocks, views, answers, notices and refusals."""
