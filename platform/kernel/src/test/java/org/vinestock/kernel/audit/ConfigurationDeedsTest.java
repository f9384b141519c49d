package org.vinestock.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.audit.Deed;

/** What the audit is told of configurations. */
class ConfigurationDeedsTest {
    private static final String PID = "org.vinestock.store";

    private final SortedMap<String, String> values =
            new TreeMap<>(Map.of("url", "h2", "user", "vinestock", "database.password", "hunter2"));

    @Test
    void saysWhatChangedAndShowsNoSecret() {
        SortedMap<String, String> former = ConfigurationDeeds.digests(values);
        assertEquals(Optional.empty(), ConfigurationDeeds.of(PID, former, values));
        values.put("url", "memory");
        values.put("database.password", "hunter3");
        values.put("leader.seconds", "9");
        values.remove("user");
        assertEquals(
                Optional.of(new Deed(
                        "etc",
                        "configuration.state",
                        PID,
                        "database.password = (not shown); leader.seconds = 9; url = memory; no user")),
                ConfigurationDeeds.of(PID, former, values));
        assertFalse(ConfigurationDeeds.digests(values).toString().contains("hunter"));
    }

    @Test
    void saysThatOneCameOrWent() {
        values.remove("database.password");
        assertEquals(
                "url = h2; user = vinestock",
                ConfigurationDeeds.of(PID, null, values).orElseThrow().details());
        assertEquals(
                "removed",
                ConfigurationDeeds.of(PID, ConfigurationDeeds.digests(values), null)
                        .orElseThrow()
                        .details());
        assertEquals(Optional.empty(), ConfigurationDeeds.of(PID, null, null));
    }
}
