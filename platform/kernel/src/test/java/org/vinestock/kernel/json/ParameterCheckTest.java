package org.vinestock.kernel.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vinestock.model.ByteCount;

class ParameterCheckTest {
    private final ParameterCheck check = new ParameterCheck();

    record Machine(
            @NotBlank String name,
            @Min(1) @Max(64) int cores,
            @Min(1L << 20) ByteCount memory,
            @Nullable @DurationMax(minutes = 5) Duration patience,
            @Size(max = 2) List<@Valid Disk> disks) {}

    record Disk(@Min(1) int gib) {}

    @Test
    void letsPassWhatIsAccepted() {
        check.check(new Machine("a", 1, ByteCount.ofGib(1), null, List.of(new Disk(1))));
        check.check(new Machine("a", 64, new ByteCount(1 << 20), Duration.ofMinutes(5), List.of()));
    }

    @Test
    void namesTheFieldWhatItIsAndWhatIsAccepted() {
        assertEquals(
                "cores: 0; accepted: at least 1", refusal(new Machine("a", 0, ByteCount.ofGib(1), null, List.of())));
        assertEquals(
                "memory: 5B; accepted: at least 1MiB", refusal(new Machine("a", 1, new ByteCount(5), null, List.of())));
        assertEquals(
                "disks[1].gib: 0; accepted: at least 1",
                refusal(new Machine("a", 1, ByteCount.ofGib(1), null, List.of(new Disk(1), new Disk(0)))));
    }

    @Test
    void namesAllThatIsWrongInTheOrderOfTheFields() {
        assertEquals(
                "name: \" \"; accepted: a text that is not blank; cores: 65; accepted: at most 64; "
                        + "patience: 6m; accepted: at most 5m",
                refusal(new Machine(" ", 65, ByteCount.ofGib(1), Duration.ofMinutes(6), List.of())));
    }

    private String refusal(Record parameters) {
        return assertThrows(IllegalArgumentException.class, () -> check.check(parameters))
                .getMessage();
    }
}
