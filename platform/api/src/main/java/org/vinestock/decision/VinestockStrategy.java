package org.vinestock.decision;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks a vendor's strategy: a Declarative Services component of prototype scope whose service is the point's strategy
 * interface. From it bnd writes the capability {@code vinestock.strategy} by which a jar in {@code deploy/} is known as
 * a plugin. The strategy's version is the bundle's.
 */
@ComponentPropertyType
@Capability(
        namespace = VinestockStrategy.NAMESPACE,
        attribute = {"point=${#point}", "strategy=${#name}"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface VinestockStrategy {
    /** The namespace of the capability. */
    String NAMESPACE = "vinestock.strategy";

    /** Makes the service properties {@code vinestock.point} and {@code vinestock.name}. */
    String PREFIX_ = "vinestock.";

    /** The decision point, such as {@code placement.place}. */
    String point();

    /** The strategy, such as {@code acme}. */
    String name();
}
