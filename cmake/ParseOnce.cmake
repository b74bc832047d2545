# What nearly every file reads anyway, parsed once: a build from nothing takes little more than half the time.
# It is Qt's and the standard library's alone, so a room still sees no other. A Debug build does without, and
# there a file that forgot to include what it uses does not compile.
set(parsed_headers
    <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <utility> <variant> <vector>
    <QDateTime> <QHash> <QLabel> <QList> <QObject> <QPainter> <QString> <QStringList> <QVariant> <QWidget>)

# add_parsed(NAME MODULES Qt's modules... OPTIONS interface library... HEADERS header...)
function(add_parsed name)
    cmake_parse_arguments(PARSED "" "" "MODULES;OPTIONS;HEADERS" ${ARGN})
    file(WRITE ${CMAKE_BINARY_DIR}/${name}.cpp "")
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cpp)
    # Folders alone: a compiler takes it only where every macro that it was made with is set the same.
    foreach(module ${PARSED_MODULES})
        target_include_directories(${name} SYSTEM PRIVATE
            $<TARGET_PROPERTY:Qt6::${module},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
    target_link_libraries(${name} PRIVATE Qt6::Core ${PARSED_OPTIONS} counterfoil_strict)
    target_precompile_headers(${name} PRIVATE ${PARSED_HEADERS})
endfunction()

if(COUNTERFOIL_FAST_BUILD)
    add_parsed(counterfoil_parsed MODULES Gui Widgets HEADERS ${parsed_headers})
endif()

# parse_once(TARGET...): targets that link Qt6::Core and use it.
function(parse_once)
    if(TARGET counterfoil_parsed)
        foreach(target ${ARGN})
            target_precompile_headers(${target} REUSE_FROM counterfoil_parsed)
        endforeach()
    endif()
endfunction()
