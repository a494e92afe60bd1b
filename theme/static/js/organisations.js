// Filters the list of organisations; without this script the whole list stays and no filter shows.
(function () {
  "use strict";
  var form = document.getElementById("filters");
  var rows = Array.from(document.querySelectorAll(".list tbody tr"));
  var status = form.querySelector("[role=status]");

  function shows(row) {
    return Array.from(form.querySelectorAll("select")).every(function (select) {
      return !select.value || row.dataset[select.name] === select.value;
    });
  }

  function apply() {
    rows.forEach(function (row) {
      row.hidden = !shows(row);
    });
    var shown = rows.filter(function (row) {
      return !row.hidden;
    }).length;
    status.textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  }

  form.addEventListener("change", apply);
  form.hidden = false;
  // A browser that goes back keeps what was chosen.
  apply();
})();
