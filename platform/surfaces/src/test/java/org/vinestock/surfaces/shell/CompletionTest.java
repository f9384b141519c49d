package org.vinestock.surfaces.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NavigableSet;
import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.Site;

class CompletionTest {
    private final Site site = new FakeSite().site();

    private NavigableSet<String> words(String name, String begun, String... before) {
        return new Completion(site, () -> site.find(name), false)
                .words(site.find(name).orElseThrow(), List.of(before), begun);
    }

    @Test
    void offersIdsFromTheListOfTheirKind() {
        assertEquals(List.of("vm-1", "vm-2", "web-3"), List.copyOf(words("vm.info", "")));
    }

    @Test
    void offersOptionsAfterADashAndWhenAllArgumentsAreThere() {
        assertTrue(words("vm.info", "--").contains("--json"));
        assertEquals(List.of("--after", "--help", "--json", "--limit"), List.copyOf(words("vm.info", "", "vm-1")));
    }

    @Test
    void offersTheNamesOfAnEnum() {
        assertEquals(List.of("KVM", "TCG"), List.copyOf(words("vm.create", "", "--memory", "1GiB", "--machine")));
    }

    @Test
    void countsNoValueOfAnOptionAsAnArgument() {
        assertTrue(words("vm.info", "", "--limit", "5").contains("vm-1"));
    }

    @Test
    void offersNoOptionTwice() {
        assertFalse(words("vm.list", "--", "--json").contains("--json"));
    }
}
