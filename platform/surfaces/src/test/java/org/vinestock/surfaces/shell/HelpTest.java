package org.vinestock.surfaces.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.site.FakeSite;

class HelpTest {
    private static Help help() {
        SortedMap<String, String> karaf = new TreeMap<>();
        karaf.put("bundle:list", "Lists all installed bundles");
        karaf.put("vm:list", "derived, so not Karaf's");
        return new Help(new FakeSite().site().entries(), karaf);
    }

    @Test
    void listsAllCommands() {
        assertEquals("""
                vm:create  Place a new VM
                vm:info    Show a VM
                vm:list    List the VMs

                help vm lists a scope, help vm:create says how a command is called. Every command takes --json, every operation --dry-run.
                Scopes of Karaf: bundle
                """, help().about(""));
    }

    @Test
    void listsThoseOfAScope() {
        assertEquals("vm:create  Place a new VM\nvm:info    Show a VM\nvm:list    List the VMs\n", help().about("vm"));
        assertEquals("bundle:list  Lists all installed bundles\n", help().about("bundle:"));
    }

    @Test
    void saysHowACommandIsCalled() {
        assertTrue(help().about("vm:create")
                .startsWith("Place a new VM.\n\n  vm:create [ID] --memory MEMORY [OPTIONS]\n"));
        assertTrue(help().about("bundle:list").startsWith("Lists all installed bundles.\n"));
    }

    @Test
    void refusesWhatIsNotThere() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> help().about("vm:lst"));
        assertEquals("there is no command or scope \"vm:lst\"; help lists them", refused.getMessage());
    }

    @Test
    void knowsWhatCanBeAskedAbout() {
        assertEquals(
                List.of("bundle", "bundle:list", "vm", "vm:create", "vm:info", "vm:list"),
                List.copyOf(help().subjects()));
    }
}
