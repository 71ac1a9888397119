# Devices as the desk and `lodge doctor` name them, and what is wrong with one: what to do about it.

device-reader = Card reader
device-scanner = Scanner
device-printer = Slip printer
device-label-printer = Label printer

fault-not-found = Not found: plug it in, or correct its port in the settings ({ $port })
fault-busy = Another program is using its port: close that program ({ $port })
fault-not-allowed = No permission to open its port: add the user to the group dialout and start again ({ $port })
fault-refused = Its port does not take { $baud } baud: check port and baud rate in the settings ({ $port })
fault-unplugged = Unplugged: plug it in again ({ $port })
fault-failed = Its port reports an error: unplug the device and plug it in again ({ $port })
fault-silent = No answer: switch the device on, and check its cable and baud rate
fault-stalled = It takes no data: switch it on, and check its flow control
fault-key-unreadable = The key file { $file } cannot be read: see that it is there and may be read, then start again
fault-key-malformed = There is no usable key in { $file }: write 32 hexadecimal digits, not the factory key, then start again
fault-no-key = The settings have no key for this reader: give it one with key_file, then start again
fault-default-key = The reader has only the factory key: give it its own with lodge install-key, or see whether it was swapped
fault-wrong-key = The reader's key is not the one in key_file: see whether it was swapped
fault-no-secure-channel = The reader cannot open a secure channel: replace it, or set allow_clear_text
fault-forged = The reader's answers do not prove themselves: see what else is on its line
fault-key-not-taken = The reader did not take its key: try again, or replace it
fault-paper-out = Out of paper: put in a new roll
fault-cover-open = The cover is open: close it
fault-cutter = The cutter is stuck: switch it off, free the paper, switch it on
fault-offline = Off-line: look at its lamp, and press its on-line key
fault-head-open = The print head or cover is open: close it
fault-labels-out = Out of labels: put in a new roll
fault-ribbon-out = Out of ribbon: put in a new one
fault-jammed = Labels are jammed: free them
fault-paused = Paused: press its pause key
fault-temperature = Too hot or too cold: it goes on by itself
fault-other = It reports a fault: look at its lamp
fault-labels-silent = No answer: see whether it is on, its cable in, its head closed, labels and ribbon in
