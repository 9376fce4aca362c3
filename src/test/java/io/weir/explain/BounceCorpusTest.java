package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real bounces of some sixty mail systems, with what each of them says. */
class BounceCorpusTest {
    private static final String FOLDER = "dsn/sisimai";
    private static final String ANSWERS = "dsn/sisimai_expected.csv";
    private static final String LINES = "bounces.txt";

    /** What the answers have where the bounce itself has no status. */
    private static final Pattern NO_STATUS = Pattern.compile("[245]\\.0\\.9\\d\\d");

    private record Expected(String status, String reply) {
        boolean hasStatus() {
            return !status.isEmpty() && !NO_STATUS.matcher(status).matches();
        }

        boolean isMet(Bounce found) {
            return (!hasStatus() || status.equals(found.status()))
                    && (reply.isEmpty() || reply.equals(String.valueOf(found.replyCode())));
        }
    }

    @Test
    @SharedData.Needed(FOLDER)
    void findsStatusAndReplyCodeOfTheFirstRecipient() throws IOException {
        Map<String, Expected> answers = answers();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<String, Expected> answer : answers.entrySet()) {
            Bounce bounce = Bounce.parse(Files.readAllBytes(SharedData.file(FOLDER + "/" + answer.getKey())));
            Expected expected = answer.getValue();
            if (expected.hasStatus() || !expected.reply.isEmpty()) {
                asked++;
                if (!expected.isMet(bounce)) {
                    wrong.add(answer.getKey() + ": " + expected + ", found " + bounce.status() + " "
                            + bounce.replyCode());
                }
            }
        }
        assertThat(asked).isGreaterThan(200);
        assertThat(wrong).as(String.join("\n", wrong)).hasSizeLessThanOrEqualTo(asked / 20);
    }

    @Test
    @SharedData.Needed(FOLDER)
    void readsEachOfThemWithoutFailing() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.file(FOLDER))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(278);
            for (Path file : all) {
                assertThat(Bounce.parse(Files.readAllBytes(file))).isNotNull();
            }
        }
    }

    @Test
    @SharedData.Needed(LINES)
    void recognizesEveryThrottleWithItsToken() throws IOException {
        Pattern throttle = Pattern.compile("451[ -]([45]\\.7\\.[56]\\d\\d)");
        Pattern number = Pattern.compile("\\(?(AS|S)\\(?(\\d{3,})\\)?");
        int seen = 0;
        for (String line : Files.readAllLines(SharedData.file(LINES))) {
            String[] columns = line.split("\t", 3);
            if (line.startsWith("#") || !throttle.matcher(columns[2]).find()) {
                continue;
            }
            seen++;
            Bounce bounce = Bounce.parse(columns[2]);
            Matcher code = throttle.matcher(columns[2]);
            assertThat(code.find()).isTrue();
            assertThat(bounce.isThrottle()).as(line).isTrue();
            assertThat(bounce.replyCode()).as(line).isEqualTo(451);
            assertThat(bounce.status()).as(line).isEqualTo(code.group(1));
            Matcher token = number.matcher(columns[2]);
            boolean inBrackets = token.find(code.start()) || token.find(0);
            assertThat(bounce.token()).as(line).isEqualTo(inBrackets ? token.group(1) + token.group(2) : null);
        }
        assertThat(seen).isGreaterThanOrEqualTo(15);
    }

    private static Map<String, Expected> answers() throws IOException {
        Map<String, Expected> answers = new TreeMap<>();
        for (String line : Files.readAllLines(SharedData.file(ANSWERS))) {
            String[] columns = line.split(",", -1);
            if (columns[1].equals("0")) {
                answers.put(columns[0], new Expected(columns[2], columns[3]));
            }
        }
        return answers;
    }
}
