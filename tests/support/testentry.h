#pragma once

#include <QCoreApplication>
#include <QTest>

namespace Counterfoil {

// The tests of a folder are one program, since linking each on its own takes longer than running it. Which of
// them runs is told by the name that the program is called by (a link, tst_decimal) or by its first argument.
namespace TestEntries {

using Run = int (*)(int argc, char **argv);

bool add(const char *file, Run run); // `file`: __FILE__ of the test, whose name is the test's; true
int runAsked(int argc, char **argv); // the exit code; 2 and the names of all when there is none such

} // namespace TestEntries

template <class Application, class Test> int runTest(int argc, char **argv)
{
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi, true);
    Application application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace Counterfoil

#define RUN_TEST_IN(Application, Class)                                                                      \
    [[maybe_unused]] static const bool entryOf##Class                                                        \
        = Counterfoil::TestEntries::add(__FILE__, &Counterfoil::runTest<Application, Class>);

// What a test needs around it: an event loop, fonts and pictures, or windows. The latter two include the
// application's header themselves.
#define CORE_TEST(Class) RUN_TEST_IN(QCoreApplication, Class)
#define GUI_TEST(Class) RUN_TEST_IN(QGuiApplication, Class)
#define WINDOW_TEST(Class) RUN_TEST_IN(QApplication, Class)
