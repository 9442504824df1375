"""What the bot says without a measure: answers to keywords, notices, the daily digest, what topics posts go to."""
