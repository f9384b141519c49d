package org.vinestock.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.List;
import java.util.function.Predicate;

/**
 * A method, constructor or field that code may call, read or refer to.
 *
 * @param names a {@code *} at the end stands for anything
 */
record Call(Class<?> owner, boolean subtypes, List<String> names, Predicate<List<JavaClass>> parameters) {
    static final String NEW = JavaConstructor.CONSTRUCTOR_NAME;

    /** Of the type or a subtype, whatever the parameters. */
    static Call anyOf(Class<?> owner, String... names) {
        return new Call(owner, true, List.of(names), types -> true);
    }

    /** Of this very type. */
    static Call exactly(Class<?> owner, String... names) {
        return new Call(owner, false, List.of(names), types -> true);
    }

    Call with(Predicate<List<JavaClass>> expected) {
        return new Call(owner, subtypes, names, expected);
    }

    boolean matches(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        boolean sameOwner = subtypes ? target.isAssignableTo(owner) : target.isEquivalentTo(owner);
        return sameOwner && names.stream().anyMatch(name -> named(name, access)) && parameters.test(signature(access));
    }

    private static boolean named(String pattern, JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static List<JavaClass> signature(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                ? List.copyOf(target.getRawParameterTypes())
                : List.of();
    }
}
