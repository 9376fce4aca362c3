package io.weir.edge.milter;

import org.jspecify.annotations.Nullable;

/** What an MTA can say. */
enum MilterCommand {
    NEGOTIATE('O'),
    MACROS('D'),
    CONNECT('C'),
    HELO('H'),
    MAIL('M'),
    RCPT('R'),
    DATA('T'),
    HEADER('L'),
    END_OF_HEADERS('N'),
    BODY('B'),
    END_OF_MESSAGE('E'),
    /** The message will not go on; the session may. */
    ABORT('A'),
    QUIT('Q'),
    /** The session is over, and another begins on the same connection. */
    QUIT_AND_CONNECT('K'),
    UNKNOWN_SMTP('U');

    private static final MilterCommand[] BY_CODE = table();

    private final char code;

    MilterCommand(char code) {
        this.code = code;
    }

    private static MilterCommand[] table() {
        MilterCommand[] table = new MilterCommand[128];
        for (MilterCommand command : values()) {
            table[command.code] = command;
        }
        return table;
    }

    /** Null when there is no such command. */
    static @Nullable MilterCommand of(byte code) {
        return code < 0 ? null : BY_CODE[code];
    }
}
