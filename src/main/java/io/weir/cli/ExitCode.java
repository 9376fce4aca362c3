package io.weir.cli;

/** What a command's exit code means. A process that a signal ended has the shell's usual 128 and the signal's number instead. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed; or 'topics diff' found differences"),
    USAGE(2, "the command line, a setting or the rules are wrong"),
    UNREACHABLE(3, "Kafka or the engine cannot be reached or is not ready");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
