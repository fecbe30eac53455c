package io.durable4j.activity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Pins the name that history uses for a contract or one of its methods, so that the Java name may
 * change. Without it a method is called {@code Contract.method}, by simple names. On an interface
 * it replaces the part before the dot, on a method the whole name.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Name {
  /**
   * The name.
   *
   * @return the name in history
   */
  String value();

  /**
   * Whole names (with the dot) that older histories use for the same method. Honoured on methods.
   *
   * @return the former names
   */
  String[] aliases() default {};
}
