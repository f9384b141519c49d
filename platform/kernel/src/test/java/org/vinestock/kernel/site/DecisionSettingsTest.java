package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.journal.Keeping;
import org.vinestock.kernel.turn.DecisionLimits;

class DecisionSettingsTest {
    private final List<String> errors = new ArrayList<>();

    private record Written(
            String breaker_window,
            String breaker_failures,
            String breaker_retry_seconds,
            String ledger_rows,
            String ledger_mebibytes,
            String ledger_days,
            String ledger_disk_mebibytes)
            implements DecisionSettings.Configuration {
        @Override
        public Class<? extends Annotation> annotationType() {
            return DecisionSettings.Configuration.class;
        }
    }

    private static String usual(String key) throws ReflectiveOperationException {
        return String.valueOf(
                DecisionSettings.Configuration.class.getDeclaredMethod(key).getDefaultValue());
    }

    private DecisionLimits read(String window, String failures, String retry, String rows, String mebibytes) {
        return DecisionSettings.limits(new Written(window, failures, retry, rows, mebibytes, "14", "512"), errors::add);
    }

    @Test
    void isWhatTheKernelUsesUnlessSomebodyWroteSomethingElse() throws ReflectiveOperationException {
        DecisionLimits limits = read(
                usual("breaker_window"),
                usual("breaker_failures"),
                usual("breaker_retry_seconds"),
                usual("ledger_rows"),
                usual("ledger_mebibytes"));
        assertEquals(DecisionLimits.DEFAULTS, limits);
        assertEquals(List.of(), errors);
    }

    @Test
    void takesWhatIsWritten() {
        DecisionLimits limits = read("64", " 64 ", "3600", "1", "1");
        assertEquals(
                DecisionLimits.DEFAULTS.breaker(64, 64, Duration.ofHours(1)).ledger(1, 1 << 20), limits);
        assertEquals(List.of(), errors);
    }

    @Test
    void namesEachValueThatIsNotAcceptedOnceAndGoesOnWithTheDefault() {
        assertEquals(DecisionLimits.DEFAULTS, read("65", "0", "soon", "", "99999999999"));
        assertEquals(
                List.of(
                        "etc/org.vinestock.decisions.cfg: breaker.window = 65; accepted: 1 to 64; 20 holds instead",
                        "etc/org.vinestock.decisions.cfg: breaker.failures = 0; accepted: 1 to 20, which is"
                                + " breaker.window; 5 holds instead",
                        "etc/org.vinestock.decisions.cfg: breaker.retry.seconds = soon; accepted: 1 to 3600; 10 holds"
                                + " instead",
                        "etc/org.vinestock.decisions.cfg: ledger.rows = ; accepted: 1 to 10000000; 10000 holds instead",
                        "etc/org.vinestock.decisions.cfg: ledger.mebibytes = 99999999999; accepted: 1 to 65536; 32"
                                + " holds instead"),
                errors);
    }

    @Test
    void readsHowMuchIsKeptOnDisk() throws ReflectiveOperationException {
        Keeping usual = keeping(usual("ledger_days"), usual("ledger_disk_mebibytes"));
        assertEquals(new Keeping(Duration.ofDays(14), 512L << 20), usual);
        assertEquals(new Keeping(Duration.ofDays(1), 1L << 20), keeping("1", "1"));
        assertEquals(List.of(), errors);
        assertEquals(usual, keeping("0", "a lot"));
        assertEquals(
                List.of(
                        "etc/org.vinestock.decisions.cfg: ledger.days = 0; accepted: 1 to 3650; 14 holds instead",
                        "etc/org.vinestock.decisions.cfg: ledger.disk.mebibytes = a lot; accepted: 1 to 16384; 512"
                                + " holds instead"),
                errors);
    }

    private Keeping keeping(String days, String mebibytes) {
        return DecisionSettings.keeping(new Written("20", "5", "10", "10", "1", days, mebibytes), errors::add);
    }

    @Test
    void keepsTheBreakersFailuresWithinItsWindow() {
        DecisionLimits limits = read("3", "5", "10", "10", "1");
        assertEquals(3, limits.breakerFailures());
        assertEquals(1, errors.size());
    }
}
