# What stands on paper.
slip-loan-title = Loan slip
slip-lent-at = Borrowed
slip-due = Please return by
slip-deposit = Deposit
slip-number = Number
slip-how-to-return = Scan this or the tag to return
slip-thanks = Thank you, goodbye
