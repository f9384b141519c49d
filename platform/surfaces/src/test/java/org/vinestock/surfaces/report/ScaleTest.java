package org.vinestock.surfaces.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void hasRoundSteps() {
        assertEquals(
                List.of(0.0, 250.0, 500.0, 750.0, 1000.0), Scale.of(1000, 4).ticks());
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0), Scale.of(69, 4).ticks());
        assertEquals(List.of(0.0, 1.0), Scale.whole(0, 4).ticks());
        assertEquals(List.of(0.0, 1.0, 2.0, 3.0), Scale.whole(3, 4).ticks());
    }

    @Test
    void endsAtOrAboveTheMost() {
        for (double most = 0.001; most < 1e9; most *= 1.37) {
            Scale scale = Scale.of(most, 5);
            assertTrue(scale.end() >= most * 0.999 && scale.ticks().size() <= 7, scale + " for " + most);
            assertTrue(Scale.whole(most, 5).end() >= most * 0.999);
        }
    }

    @Test
    void writesNumbersAsPeopleDo() {
        assertEquals("1,200", Scale.words(1200));
        assertEquals("0.5", Scale.words(0.5));
    }
}
