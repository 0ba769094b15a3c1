package org.gfnplan.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the design: who may see whom. */
@AnalyzeClasses(packages = "org.gfnplan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String JAVA = "java..";
  private static final String NULLS = "org.jspecify..";
  private static final String SOLVER = "org.gfnplan.solver.";

  @ArchTest static final ArchRule spaceSeesNothing = sees("space");

  @ArchTest static final ArchRule problemSeesSpace = sees("problem", "space");

  @ArchTest static final ArchRule answerSeesProblem = sees("answer", "problem", "space");

  @ArchTest
  static final ArchRule p2mSeesProblemsAndAnswers = sees("p2m", "space", "problem", "answer");

  @ArchTest
  static final ArchRule checkSeesOnlyProblemsAndAnswers =
      sees("check", "space", "problem", "answer");

  @ArchTest
  static final ArchRule searchDoesNotExplain =
      noClasses()
          .that()
          .resideInAPackage(SOLVER + "search..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SOLVER + "explain..");

  /** The portfolio has each engine's layout judged; no engine may lean on its judge. */
  @ArchTest
  static final ArchRule enginesShareNoCodeWithTheirJudge =
      noClasses()
          .that()
          .resideInAnyPackage(
              SOLVER + "search.exact..",
              SOLVER + "search.bounds..",
              SOLVER + "choco..",
              SOLVER + "ortools..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SOLVER + "check..");

  @ArchTest
  static final ArchRule coreHasNoThirdPartyCode =
      classes()
          .that()
          .resideInAnyPackage(
              SOLVER + "space..",
              SOLVER + "problem..",
              SOLVER + "answer..",
              SOLVER + "p2m..",
              SOLVER + "search..",
              SOLVER + "explain..",
              SOLVER + "check..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JAVA, NULLS, "org.gfnplan.solver..");

  @ArchTest
  static final ArchRule onlyChocoSeesChoco =
      noClasses()
          .that()
          .resideOutsideOfPackage(SOLVER + "choco..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.chocosolver..");

  @ArchTest
  static final ArchRule onlyOrtoolsSeesOrtools =
      noClasses()
          .that()
          .resideOutsideOfPackage(SOLVER + "ortools..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.ortools..");

  @ArchTest
  static final ArchRule onlyModelsSeeJackson =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.gfnplan.models..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tools.jackson..");

  @ArchTest
  static final ArchRule modelsKnowNoSolver =
      noClasses()
          .that()
          .resideInAPackage("org.gfnplan.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SOLVER + "search..",
              SOLVER + "explain..",
              SOLVER + "check..",
              SOLVER + "choco..",
              SOLVER + "ortools..");

  @ArchTest
  static final ArchRule nothingSeesTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.gfnplan.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.gfnplan.cli..");

  private static ArchRule sees(String room, String... others) {
    String[] allowed = new String[others.length + 3];
    allowed[0] = JAVA;
    allowed[1] = NULLS;
    allowed[2] = SOLVER + room + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 3] = SOLVER + others[i] + "..";
    }
    return classes()
        .that()
        .resideInAPackage(SOLVER + room + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
