package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineSettingsTest {
    private final List<String> errors = new ArrayList<>();

    private record Written(String loads_seconds) implements MachineSettings.Configuration {
        @Override
        public Class<? extends Annotation> annotationType() {
            return MachineSettings.Configuration.class;
        }
    }

    private Duration read(String seconds) {
        return MachineSettings.loadsEvery(new Written(seconds), errors::add);
    }

    @Test
    void takesWhatIsWritten() throws ReflectiveOperationException {
        Object usual = MachineSettings.Configuration.class
                .getDeclaredMethod("loads_seconds")
                .getDefaultValue();
        assertEquals(MachineSettings.LOADS_EVERY, read(String.valueOf(usual)));
        assertEquals(Duration.ofSeconds(1), read("1"));
        assertEquals(Duration.ofHours(1), read(" 3600 "));
        assertEquals(List.of(), errors);
    }

    @Test
    void namesWhatIsNotAcceptedAndGoesOnWithTheDefault() {
        assertEquals(MachineSettings.LOADS_EVERY, read("0"));
        assertEquals(MachineSettings.LOADS_EVERY, read("3601"));
        assertEquals(MachineSettings.LOADS_EVERY, read("often"));
        assertEquals(
                List.of(
                        "etc/org.vinestock.machines.cfg: loads.seconds = 0; accepted: 1 to 3600; 5 holds instead",
                        "etc/org.vinestock.machines.cfg: loads.seconds = 3601; accepted: 1 to 3600; 5 holds instead",
                        "etc/org.vinestock.machines.cfg: loads.seconds = often; accepted: 1 to 3600; 5 holds instead"),
                errors);
    }
}
