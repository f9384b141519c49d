package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Jars that must not get in: each is refused with the reason, in the verdict and later in the list. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class RefusedPluginsIT {
    @TempDir
    private Path folder;

    @Test
    void aTextFile(Distribution site) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jar"), "this is no jar\n");
        refused(site, text, "no jar");
    }

    @Test
    void aFragment(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.fragment")
                        .with("Fragment-Host", "org.vinestock.kernel")
                        .as(folder, "fragment.jar"),
                "fragment of org.vinestock.kernel");
    }

    @Test
    void oneThatExportsAPackage(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.exporting")
                        .with("Export-Package", "com.example.decent;version=\"1.0\"")
                        .as(folder, "exporting.jar"),
                "exports com.example.decent");
    }

    @Test
    void oneWithoutTheCapability(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.incapable")
                        .with("Provide-Capability", "com.example.other")
                        .as(folder, "incapable.jar"),
                "it has no capability vinestock.strategy; mark the strategy's component @VinestockStrategy");
    }

    @Test
    void oneThatIsThereUnderAnotherName(Distribution site) throws IOException {
        Path first = PluginJar.bad("plain").with("Bundle-Version", "9.0.0").as(folder, "first.jar");
        new Strategies(site).deploy(first);
        refused(
                site,
                Files.copy(first, folder.resolve("second.jar")),
                "second.jar -> REFUSED: it has the same bytes as first.jar, which is there already");
        assertEquals("SHADOW", new Strategies(site).state("plain@9.0"));
        Files.delete(site.home().resolve("deploy/second.jar"));
        Files.delete(site.home().resolve("deploy/first.jar"));
    }

    @Test
    void oneWithASymbolicNameOfOurs(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "org.vinestock.placement.provider")
                        .as(folder, "ours.jar"),
                "org.vinestock.placement.provider");
    }

    @Test
    void oneWhoseImportsAreNotThere(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.unresolvable")
                        .with("Import-Package", "com.example.nowhere;version=\"[3,4)\"")
                        .as(folder, "unresolvable.jar"),
                "com.example.nowhere");
    }

    @Test
    void oneForAPointThatNobodyKnows(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.pointless")
                        .replacing("placement.place", "placement.palce")
                        .as(folder, "pointless.jar"),
                "placement.palce");
    }

    @Test
    void oneThatPromisesAStrategyAndHasNone(Distribution site) {
        refused(
                site,
                PluginJar.bad("plain")
                        .with("Bundle-SymbolicName", "com.example.empty")
                        .with("Service-Component", "OSGI-INF/nothing.xml")
                        .as(folder, "empty.jar"),
                "0 of 1 strategies");
    }

    @Test
    void oneThatBreaksItsContract(Distribution site) {
        String verdict = refused(site, PluginJar.bad("careless").as(folder, "careless.jar"), "careless@1.0: contract ");
        assertTrue(verdict.contains("never chooses a host without room"), verdict);
        assertEquals("REFUSED", new Strategies(site).state("careless@1.0"));
        Ended promotion = site.exec("strategy:promote placement.place careless@1.0");
        assertEquals(1, promotion.status(), promotion.toString());
        assertTrue(promotion.err().contains("REFUSED"), promotion.toString());
    }

    private String refused(Distribution site, Path jar, String because) {
        Strategies strategies = new Strategies(site);
        String active = strategies.active();
        Ended verdict = site.deploy(jar);
        String said = verdict.out() + verdict.err();
        assertEquals(1, verdict.status(), verdict.toString());
        assertTrue(said.contains("REFUSED") && said.contains(because), verdict.toString());
        assertEquals(active, strategies.active());
        return said;
    }
}
