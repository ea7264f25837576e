"""``python -m kakugen.commands``."""

import sys

from kakugen.commands.commandline import main

sys.exit(main())
