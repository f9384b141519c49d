package org.vinestock.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a parameter record. Names and types come from the record itself: a component that is {@code
 * Optional}, a list, {@code Labels}, {@link #optional} or has a {@link #byDefault} may be left out; one of type {@code
 * ByteCount}, {@code Duration}, {@code Labels}, an enum or an {@code ObjectId} is read from text by the surfaces.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Input {
    /** One sentence for help, OpenAPI and forms, without a full stop. */
    String value();

    /** Place among the shell command's arguments, from 0; an option {@code --name} if negative. */
    int at() default -1;

    /** Text that stands for a value left out; empty = none. */
    String byDefault() default "";

    /**
     * Whether it may be left out and is null then. Goes with {@code @Nullable}, which the compiler checks but which
     * nobody sees in the container.
     */
    boolean optional() default false;

    /**
     * The view and column that offer completions, such as {@code vm.list#id}; empty = by the component's type alone.
     */
    String completedBy() default "";
}
