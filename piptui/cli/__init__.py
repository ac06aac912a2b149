"""The command line: every act and every view, for scripts, for cron, and for those who read by ear."""
