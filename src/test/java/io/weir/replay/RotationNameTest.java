package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationNameTest {
    @ParameterizedTest
    @CsvSource({
        "mail.log,                  mail.log,   '',  ''",
        "mail.log.1,                mail.log,   1,   ''",
        "mail.log.12.gz,            mail.log,   12,  ''",
        "mail.log.3.zst,            mail.log,   3,   ''",
        "maillog-20261125,          maillog,    '',  2026-11-25",
        "maillog-20261125.gz,       maillog,    '',  2026-11-25",
        "mail-20261125.log,         mail.log,   '',  2026-11-25",
        "mail.log-2026-11-25,       mail.log,   '',  2026-11-25",
        "mail.log-20261125-1795600800, mail.log, '', 2026-11-25",
        "mainlog.20261125,          mainlog,    '',  2026-11-25",
        "RECV2023011116-1.LOG,      RECV.LOG,   '',  2023-01-11",
        "MSGTRKMS2022091915-1.LOG,  MSGTRKMS.LOG, '', 2022-09-19",
        "mx1-10.0.0.1,              mx1-10.0.0, 1,   ''",
        "log-99999999,              log-99999999, '', ''",
        "server1.log,               server1.log, '', ''",
    })
    void aNameIsABaseAndItsPlaceAmongTheRotated(String name, String base, String number, String date) {
        RotationName read = RotationName.of(Path.of("/var/log", name));
        assertThat(read.base()).isEqualTo(base);
        assertThat(read.number().isPresent() ? "" + read.number().getAsInt() : "")
                .isEqualTo(number);
        assertThat(read.date().map(Object::toString).orElse("")).isEqualTo(date);
    }
}
