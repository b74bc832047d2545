# One library per room. A room shows others its own folder and nothing else, so including a file
# of a room that is not linked does not compile: that is how the walls are kept.
#
#   add_room(cache LINKS domain PRIVATE sqlite)
#
# makes the library from every .cpp and .h in the current folder (not below it). LINKS are rooms or
# libraries whose headers this room's headers use; PRIVATE ones are used by its .cpp files alone.

add_library(counterfoil_strict INTERFACE)
if(NOT COUNTERFOIL_SANITIZE) # a sanitizer's own code makes compilers warn of what nobody wrote
    target_compile_options(counterfoil_strict INTERFACE
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
          -Woverloaded-virtual -Wnull-dereference -Werror
          # Designated initialisers leave members at their defaults on purpose.
          -Wno-missing-field-initializers
          # Where several files are compiled as one, none of them counts as the file itself.
          $<$<AND:$<BOOL:${CMAKE_UNITY_BUILD}>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>>
        # With optimisation GCC 12 takes inserting into a string for an overlapping or endless copy (its bugs
        # 105651 and 105329) and the value of a std::variant just tested for a null pointer.
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
          -Wno-null-dereference>
        # Clang's -Wconversion means signs as well, GCC's does not: both are to judge alike.
        $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-sign-conversion>
        $<$<CXX_COMPILER_ID:MSVC>:/W4 /WX /utf-8 /permissive->)
endif()
target_compile_definitions(counterfoil_strict INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

function(add_room name)
    cmake_parse_arguments(ROOM "" "" "LINKS;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h *.qrc)
    set(compiled ${sources})
    list(FILTER compiled INCLUDE REGEX "\\.cpp$")
    if(NOT compiled)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
        target_link_libraries(${name} INTERFACE ${ROOM_LINKS})
        return()
    endif()
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTORCC ON)
    target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE} counterfoil_strict)
    parse_once(${name})
endfunction()
