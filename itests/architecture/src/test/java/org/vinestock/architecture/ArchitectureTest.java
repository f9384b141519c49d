package org.vinestock.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vinestock.architecture.offenders.Offender;

class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.vinestock");
    private static final Pattern VAGUE = Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Common)");

    @Test
    void seesEveryModule() {
        TreeSet<String> seen = new TreeSet<>();
        OURS.forEach(type -> seen.add(Modules.of(type)));
        assertTrue(
                seen.containsAll(List.of(
                        "platform/api",
                        "platform/kernel",
                        "platform/store",
                        "platform/surfaces",
                        "platform/testkit",
                        "bundles/dataplane/api",
                        "bundles/dataplane/engine",
                        "bundles/disk/api",
                        "bundles/disk/provider",
                        "bundles/dataplane/provider",
                        "bundles/hosts/lab",
                        "bundles/hosts/qemu",
                        "bundles/machines/api",
                        "bundles/machines/provider",
                        "bundles/placement/api",
                        "bundles/placement/provider")),
                () -> "classes were found in " + seen + " only");
    }

    @Test
    void arrowsPointOneWay() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : OURS) {
            String from = Modules.of(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getName().startsWith("org.vinestock.")
                        && target.getSource().isPresent()) {
                    String to = Modules.of(target);
                    if (!Modules.mayKnow(from, to)) {
                        wrong.add(from + " may not know " + to + ": " + dependency.getDescription());
                    }
                }
            }
        }
        assertNone(wrong);
    }

    @Test
    void arrowsOfTheDesignAreTheOnlyOnes() {
        assertTrue(Modules.mayKnow("bundles/machines/provider", "bundles/placement/api"));
        assertTrue(Modules.mayKnow("platform/testkit", "platform/store"));
        for (String[] forbidden : new String[][] {
            {"platform/api", "platform/kernel"},
            {"platform/kernel", "platform/store"},
            {"platform/surfaces", "platform/kernel"},
            {"platform/kernel", "bundles/machines/api"},
            {"bundles/placement/api", "bundles/machines/provider"},
            {"bundles/machines/provider", "bundles/placement/provider"},
            {"bundles/machines/provider", "platform/kernel"},
            {"bundles/placement/provider", "bundles/hosts/lab"},
            {"bundles/dataplane/engine", "platform/api"},
            {"bundles/hosts/qemu", "bundles/dataplane/engine"},
        }) {
            assertTrue(!Modules.mayKnow(forbidden[0], forbidden[1]), () -> String.join(" -> ", forbidden));
        }
    }

    @Test
    void nobodyWaitsAndOrderTimeAndChanceAreDecidedBySeed() {
        Exemptions exemptions = Exemptions.load();
        TreeSet<String> wrong = new TreeSet<>();
        for (Bans ban : Bans.values()) {
            for (JavaClass type : OURS) {
                for (JavaAccess<?> access : offences(ban, type)) {
                    if (!exemptions.covers(ban, type)) {
                        wrong.add(ban + ": " + access.getDescription() + "; " + ban.remedy()
                                + ", or list the class in exemptions.txt with the reason");
                    }
                }
            }
        }
        exemptions.unused().forEach(line -> wrong.add("exemptions.txt: nothing needs " + line + " any more"));
        assertNone(wrong);
    }

    @ParameterizedTest
    @EnumSource
    void everyOffenceIsSeenAndNothingElse(Bans ban) throws ReflectiveOperationException {
        JavaClass offender = new ClassFileImporter().importClass(Offender.class);
        int expected = Offender.class.getField(ban.name()).getInt(null);
        assertEquals(
                expected,
                offences(ban, offender).size(),
                () -> offences(ban, offender).toString());
    }

    @Test
    void everyPackageIsNullMarked() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : OURS) {
            if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                wrong.add(type.getPackageName() + " has no package-info with @NullMarked");
            }
        }
        assertNone(wrong);
    }

    @Test
    void providersExportNothing() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : OURS) {
            String module = Modules.of(type);
            boolean mayExport = module.endsWith("/api")
                    || module.equals("platform/testkit")
                    || module.equals("bundles/dataplane/engine"); // its provider talks to the process
            if (exported(type.getPackage()) && !mayExport) {
                wrong.add(type.getPackageName() + " of " + module + " carries @Version, so it would be exported");
            }
        }
        assertNone(wrong);
    }

    /** Sealed families are values: nobody outside can implement them. */
    @Test
    void everyExportedInterfaceSaysWhoImplementsIt() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : OURS) {
            if (type.isInterface()
                    && !type.isAnnotation()
                    && type.getModifiers().contains(JavaModifier.PUBLIC)
                    && exported(type.getPackage())
                    && !type.reflect().isSealed()) {
                boolean consumer = type.isAnnotatedWith("org.osgi.annotation.versioning.ConsumerType");
                boolean provider = type.isAnnotatedWith("org.osgi.annotation.versioning.ProviderType");
                if (consumer == provider) {
                    wrong.add(type.getName() + " needs exactly one of @ConsumerType and @ProviderType");
                }
            }
        }
        assertNone(wrong);
    }

    @Test
    void namesSayWhatAThingIs() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : OURS) {
            if (VAGUE.matcher(type.getSimpleName()).matches()) {
                wrong.add(type.getName());
            }
        }
        assertNone(wrong);
    }

    private static List<JavaAccess<?>> offences(Bans ban, JavaClass type) {
        List<JavaAccess<?>> accesses = new ArrayList<>(type.getAccessesFromSelf());
        accesses.addAll(type.getMethodReferencesFromSelf());
        accesses.addAll(type.getConstructorReferencesFromSelf());
        return accesses.stream().distinct().filter(ban::forbids).toList();
    }

    private static boolean exported(JavaPackage named) {
        return named.isAnnotatedWith("org.osgi.annotation.versioning.Version");
    }

    private static void assertNone(Set<String> wrong) {
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }
}
