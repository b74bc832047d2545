# What nearly every file reads anyway, parsed once: a build from nothing takes little more than half the time.
# It is Qt's and the standard library's alone, so a room still sees no other. A Debug build does without, and
# there a file that forgot to include what it uses does not compile.
if(COUNTERFOIL_PARSE_ONCE)
    file(WRITE ${CMAKE_BINARY_DIR}/parsed.cpp "")
    add_library(counterfoil_parsed OBJECT ${CMAKE_BINARY_DIR}/parsed.cpp)
    # Folders alone: a compiler takes it only where every macro that it was made with is set the same.
    foreach(module Gui Widgets)
        target_include_directories(counterfoil_parsed SYSTEM PRIVATE
            $<TARGET_PROPERTY:Qt6::${module},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
    target_link_libraries(counterfoil_parsed PRIVATE Qt6::Core counterfoil_strict)
    target_precompile_headers(counterfoil_parsed PRIVATE
        <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <utility> <variant> <vector>
        <QDateTime> <QHash> <QLabel> <QList> <QObject> <QPainter> <QString> <QStringList> <QVariant> <QWidget>)
endif()

# parse_once(TARGET...): targets that link Qt6::Core and use it.
function(parse_once)
    if(TARGET counterfoil_parsed)
        foreach(target ${ARGN})
            target_precompile_headers(${target} REUSE_FROM counterfoil_parsed)
        endforeach()
    endif()
endfunction()
